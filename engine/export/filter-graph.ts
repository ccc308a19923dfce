import { type Frames, noFrames, subtractFrames } from '../document/time.ts';
import type { Rectangle } from '../render/placement.ts';
import type { RenderPlan } from '../render/plan.ts';
import { codedPlacementOf, type SeenLayer } from '../render/seen-layers.ts';
import type { Resampler } from './caps.ts';
import { cutFrames, seekSeconds } from './frame-selection.ts';
import { toDelivery, toPlace, toRgb } from './layer-chain.ts';
import { type GraphInput, pictureInput } from './picture-input.ts';
import { chromaReachPx, type Piece, type Showing } from './pieces.ts';
import { type RunCopies, type RunCopy, runCopies, selectionOf } from './run-copies.ts';

/** The samples that leave a graph: what is delivered, or the composed picture itself for a lossless RGB file. */
export type PictureFormat = 'yuv420p' | 'gbrp';

export interface PieceGraph {
  readonly inputs: readonly GraphInput[];
  /** For `-filter_complex`; its one output is `[film]`. */
  readonly filters: string;
  readonly length: Frames;
}

/**
 * One piece of a film as an ffmpeg filter graph: every run read and its frames selected, every span composed from the
 * bottom up in 8-bit RGB (or left alone), the spans joined. Text made of numbers and fixed words only: no name or
 * path of the editor's comes near it.
 */
export function pieceGraph(plan: RenderPlan, piece: Piece, resampler: Resampler, format: PictureFormat): PieceGraph {
  const copies = runCopies(plan, piece, resampler);
  const chains = [
    ...copies.chains,
    ...piece.shows.flatMap((showing, index) => showingChains({ plan, resampler, format, copies, showing, index })),
    `${piece.shows.map((_, index) => `[s${index}]`).join('')}concat=n=${piece.shows.length}[film]`,
  ];
  return {
    inputs: piece.runs.map((run) => pictureInput(run.file, seekSeconds(selectionOf(plan, run)))),
    filters: chains.join(';'),
    length: subtractFrames(piece.out, piece.in),
  };
}

/** Delivered pictures have even sides; a last odd column or row is left off. */
export function deliveredSize({ widthPx, heightPx }: RenderPlan, format: PictureFormat) {
  return format === 'gbrp'
    ? { widthPx, heightPx }
    : { widthPx: widthPx - (widthPx % 2), heightPx: heightPx - (heightPx % 2) };
}

interface SpanGraph<Kind extends Showing = Showing> {
  readonly plan: RenderPlan;
  readonly resampler: Resampler;
  readonly format: PictureFormat;
  readonly copies: RunCopies;
  readonly showing: Kind;
  /** The span's place among the piece's: its chains end in `[s<index>]`. */
  readonly index: number;
}

function showingChains(graph: SpanGraph): string[] {
  const { showing, format, resampler, index } = graph;
  switch (showing.kind) {
    case 'black':
      return [`${blackFrames(graph, format)},setsar=1[s${index}]`];
    case 'untouched': {
      const { label, cut, file } = graph.copies.of(showing.run, showing);
      const finish = format === 'gbrp' ? toRgb(file.stream, resampler) : [];
      return [`${label}${[...cut, ...finish, 'setsar=1'].join(',')}[s${index}]`];
    }
    case 'composed':
      return composedChains({ ...graph, showing });
    case 'inset':
      return format === 'gbrp' ? composedChains({ ...graph, showing }) : insetChains({ ...graph, showing });
  }
}

/**
 * One chain a layer, then the overlays that stack them. An opaque picture at the bottom is laid on black by padding it,
 * which is cheaper than an overlay on a black picture.
 */
function composedChains(graph: SpanGraph<Extract<Showing, { kind: 'composed' | 'inset' }>>): string[] {
  const { plan, showing, index, format } = graph;
  const seen = showing.kind === 'inset' ? [showing.base, ...showing.layers] : showing.layers;
  const layers = seen.map((each) => ({ seen: each.seen, copy: graph.copies.of(each.run, showing) }));
  const [bottom] = layers;
  const isBase = bottom !== undefined && bottom.seen.alpha === 255 && bottom.copy.rgb === 'gbrp';
  const base = isBase
    ? `${bottom.copy.label}${[...placed(graph, bottom), ...fillFrame(plan, bottom.seen.placement.target)].join(',')}`
    : blackFrames(graph, 'gbrp');
  const above = isBase ? layers.slice(1) : layers;
  const finish = format === 'gbrp' ? [] : [...evenSize(plan), ...toDelivery(graph.resampler)];
  return [
    `${base}[b${index}_0]`,
    ...stackedChains(graph, above, { left: 0, top: 0 }),
    `[b${index}_${above.length}]${[...finish, 'setsar=1'].join(',')}[s${index}]`,
  ];
}

/**
 * The part that changes is composed by itself and laid back over the base's own samples. It is cut out with a margin
 * that is cut off again, where the filters have met its edge: what remains is to the bit what composing the whole
 * frame gives.
 */
function insetChains(graph: SpanGraph<Extract<Showing, { kind: 'inset' }>>): string[] {
  const { plan, showing, index, copies, resampler } = graph;
  const { changed } = showing;
  const base = copies.of(showing.base.run, showing);
  const layers = showing.layers.map(({ run, seen }) => ({ seen, copy: copies.of(run, showing) }));
  const cutOut = withMargin(changed, plan);
  const inside = { left: changed.left - cutOut.left, top: changed.top - cutOut.top };
  return [
    `${base.label}${[...base.cut, 'split'].join(',')}[u${index}][r${index}]`,
    `[r${index}]${[cropTo(cutOut, cutOut), ...toRgb(base.file.stream, resampler), 'setsar=1'].join(',')}[b${index}_0]`,
    ...stackedChains(graph, layers, cutOut),
    `[b${index}_${layers.length}]${[...toDelivery(resampler), cropTo(changed, inside)].join(',')}[c${index}]`,
    `[u${index}][c${index}]overlay=x=${changed.left}:y=${changed.top}:format=yuv420,format=yuv420p,setsar=1[s${index}]`,
  ];
}

/** Chains that lay pictures over `[b<index>_0]`, whose corner lies at `origin` in the frame. */
function stackedChains(
  graph: SpanGraph,
  layers: readonly PlacedLayer[],
  origin: Pick<Rectangle, 'left' | 'top'>,
): string[] {
  const { index } = graph;
  return layers.flatMap((layer, at) => {
    const { left, top } = layer.seen.placement.target;
    const filters = [...placed(graph, layer), ...withAlpha(layer.seen.alpha)];
    const place = `x=${left - origin.left}:y=${top - origin.top}`;
    return [
      `${layer.copy.label}${filters.join(',')}[l${index}_${at}]`,
      `[b${index}_${at}][l${index}_${at}]overlay=${place}:format=gbrp[b${index}_${at + 1}]`,
    ];
  });
}

function withMargin({ left, top, right, bottom }: Rectangle, { widthPx, heightPx }: RenderPlan): Rectangle {
  return {
    left: Math.max(0, left - chromaReachPx),
    top: Math.max(0, top - chromaReachPx),
    right: Math.min(widthPx, right + chromaReachPx),
    bottom: Math.min(heightPx, bottom + chromaReachPx),
  };
}

function cropTo(size: Rectangle, at: Pick<Rectangle, 'left' | 'top'>): string {
  return `crop=${size.right - size.left}:${size.bottom - size.top}:${at.left}:${at.top}:exact=1`;
}

interface PlacedLayer {
  readonly seen: SeenLayer;
  readonly copy: RunCopy;
}

function placed({ plan, resampler }: SpanGraph, { seen, copy }: PlacedLayer): string[] {
  const { stream } = copy.file;
  const coded = { widthPx: stream.codedWidthPx, heightPx: stream.codedHeightPx };
  return [
    ...copy.cut,
    ...(copy.isRgb ? [] : toRgb(stream, resampler, copy.rgb)),
    ...toPlace(codedPlacementOf(plan, seen, stream), coded, resampler, copy.rgb),
  ];
}

function withAlpha(alpha: number): string[] {
  return ['format=gbrap', ...(alpha === 255 ? [] : [`colorchannelmixer=aa=${(alpha / 255).toFixed(9)}`])];
}

/** Cuts off what reaches past the frame and lays the rest on black. */
function fillFrame({ widthPx, heightPx }: RenderPlan, target: Rectangle): string[] {
  const left = Math.max(0, target.left);
  const top = Math.max(0, target.top);
  const width = Math.min(widthPx, target.right) - left;
  const height = Math.min(heightPx, target.bottom) - top;
  const isCut = width !== target.right - target.left || height !== target.bottom - target.top;
  return [
    ...(isCut ? [`crop=${width}:${height}:${left - target.left}:${top - target.top}:exact=1`] : []),
    ...(width === widthPx && height === heightPx ? [] : [`pad=${widthPx}:${heightPx}:${left}:${top}:black`]),
  ];
}

function evenSize(plan: RenderPlan): string[] {
  const { widthPx, heightPx } = deliveredSize(plan, 'yuv420p');
  return widthPx === plan.widthPx && heightPx === plan.heightPx ? [] : [`crop=${widthPx}:${heightPx}:0:0:exact=1`];
}

// At the frame's own size in RGB, since it is composed on; at the delivered size in yuv420p.
function blackFrames({ plan, showing }: SpanGraph, format: PictureFormat): string {
  const { widthPx, heightPx } = deliveredSize(plan, format);
  const { rate } = plan;
  const length = subtractFrames(showing.out, showing.in);
  const colour = `color=c=black:s=${widthPx}x${heightPx}:r=${rate.num}/${rate.den}`;
  return [colour, `format=${format}`, ...cutFrames(noFrames, length, rate)].join(',');
}
