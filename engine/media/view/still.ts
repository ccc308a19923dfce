import type { PictureStream } from '../../contract/take.ts';
import { decoderArguments } from '../decode/frames-from.ts';
import { type SizePx, toScreen } from '../decode/to-screen.ts';
import { inputFile, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { beginFile } from '../pending-file.ts';
import { posterSize, type Strip } from './filmstrip.ts';
import type { ProxyRun } from './proxy.ts';
import { tileSize } from './tiles.ts';

/**
 * A still as the window and the exporter draw it: a PNG, upright, R'G'B' of 8 bits, alpha where there is some; so that
 * both see the very same pixels, whichever program would read the original how. With it its poster and a strip of one.
 */
export async function drawStill(
  source: { readonly path: string; readonly container: string; readonly picture: PictureStream },
  upright: SizePx,
  files: { readonly still: string; readonly strip: string; readonly poster: string },
  run: ProxyRun,
): Promise<Strip> {
  const { path, container, picture } = source;
  const still = await beginFile(files.still);
  const strip = await beginFile(files.strip);
  const poster = await beginFile(files.poster);
  const tile = tileSize(upright);
  const graph = [
    `[0:${picture.streamIndex}]split=3[a][b][c]`,
    `[a]${toScreen(picture, upright, 'rgb')}[still]`,
    `[b]${toScreen(picture, tile, 'jpeg')}[strip]`,
    `[c]${toScreen(picture, posterSize(upright), 'jpeg')}[poster]`,
  ].join(';');
  const one = (label: string, codec: string, format: string, file: string) => [
    ...['-map', `[${label}]`, '-frames:v', '1', '-c:v', codec, ...(codec === 'mjpeg' ? ['-q:v', '3'] : [])],
    ...['-f', format, `file:${file}`],
  ];
  try {
    await runFfmpeg(
      run.ffmpegPath,
      [
        ...decoderArguments(picture),
        ...inputFile(path, container.endsWith('_pipe') ? container : undefined),
        ...['-filter_complex', graph],
        ...one('still', 'png', 'image2pipe', still.path),
        ...one('strip', 'mjpeg', 'mjpeg', strip.path),
        ...one('poster', 'mjpeg', 'mjpeg', poster.path),
      ],
      { signal: run.signal, folder: run.tablesFolder, writesTo: files.still },
    );
    for (const file of [poster, strip, still]) await file.commit();
    return { columns: 1, tileCount: 1, tileWidthPx: tile.widthPx, tileHeightPx: tile.heightPx, tileFrames: [0] };
  } finally {
    for (const file of [poster, strip, still]) await file.discard();
  }
}

/** What `drawStill` leaves as `still`, for whoever reads it in the original's place. */
export function drawnStill({ hasAlpha }: PictureStream, { widthPx, heightPx }: SizePx) {
  const stream: PictureStream = {
    ...{ streamIndex: 0, codec: 'png', pixelFormat: hasAlpha ? 'rgba' : 'rgb24', hasAlpha, timing: 'still' },
    ...{ codedWidthPx: widthPx, codedHeightPx: heightPx, pixelAspect: { num: 1, den: 1 } },
    ...{ rotationDegrees: 0, isMirrored: false },
    colour: { matrix: 'rgb', range: 'full', primaries: 'bt709', transfer: 'iec61966-2-1', isGuessed: false },
  };
  return { container: 'png_pipe', stream };
}
