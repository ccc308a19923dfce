import type { PictureStream } from '../contract/take.ts';

/** How many pixels share a chroma sample, across and down, by the digits of ffmpeg's pixel format. */
const sharing: Readonly<Record<string, readonly [across: number, down: number]>> = {
  '420': [2, 2],
  '422': [2, 1],
  '440': [1, 2],
  '411': [4, 1],
  '410': [4, 4],
};

/**
 * Chains that bring a picture that ends amid a chroma sample (4:2:0 with an odd side) to its next whole size: luma gets
 * the columns and rows that are missing, chroma has them. From there chroma comes to full size in the very ratio it was
 * reduced by. zscale takes such pictures alone, and swscale spreads the samples of any other over a pixel too few, 18 in
 * 255 off at the far edge. Whoever has converted it cuts it with `cutToCoded`.
 *
 * From label `input` to label `output`, both in brackets; `name` keeps the labels between apart from others of a graph.
 * None for a picture that has no part missing.
 */
export function filledUp(stream: PictureStream, input: string, output: string, name: string): string[] {
  const shared = sharedAtEdge(stream);
  if (!shared) return [];
  const [across, down] = shared;
  const { pixelFormat } = stream;
  const full = pixelFormat.startsWith('yuva') ? ['y', 'a'] : ['y'];
  const planes = ['y', 'u', 'v', ...full.slice(1)];
  const label = (plane: string) => `[${name}${plane}]`;
  const sources = planes.map((_, plane) => (plane === 0 ? '' : `map${plane}s=${plane}:`)).join('');
  return [
    `${input}extractplanes=${planes.join('+')}${planes.map(label).join('')}`,
    ...full.map(
      (plane) => `${label(plane)}pad=ceil(iw/${across})*${across}:ceil(ih/${down})*${down}${label(`${plane}f`)}`,
    ),
    `${planes.map((plane) => label(full.includes(plane) ? `${plane}f` : plane)).join('')}mergeplanes=${sources}format=${pixelFormat}${output}`,
  ];
}

/** The filter that takes off again what `filledUp` added. */
export function cutToCoded(stream: PictureStream): string[] {
  return sharedAtEdge(stream) ? [`crop=${stream.codedWidthPx}:${stream.codedHeightPx}:0:0:exact=1`] : [];
}

function sharedAtEdge({ pixelFormat, codedWidthPx, codedHeightPx }: PictureStream) {
  const shared = sharing[/^yuva?(\d{3})p/.exec(pixelFormat)?.[1] ?? ''];
  const isShort = shared && (codedWidthPx % shared[0] !== 0 || codedHeightPx % shared[1] !== 0);
  return isShort ? shared : undefined;
}
