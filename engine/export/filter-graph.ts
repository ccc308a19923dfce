import { type Frames, noFrames, subtractFrames } from '../document/time.ts';
import type { Rectangle } from '../render/placement.ts';
import type { RenderPlan } from '../render/plan.ts';
import { codedPlacementOf, type SeenLayer } from '../render/seen-layers.ts';
import type { Resampler } from './caps.ts';
import { cutFrames, holdStill, seekSeconds, selectFrames } from './frame-selection.ts';
import { type PlanarRgb, toDelivery, toPlace, toRgb } from './layer-chain.ts';
import { type GraphInput, pictureInput } from './picture-input.ts';
import { type Piece, type Run, type Showing, transparencyOf } from './pieces.ts';

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
  const graph: Graph = { plan, piece, resampler, format };
  const uses = piece.runs.map((_, run) => piece.shows.filter((showing) => runsOf(showing).includes(run)));
  const chains = [
    ...piece.runs.map((run, index) => runChain(graph, run, index, uses[index] ?? [])),
    ...piece.shows.flatMap((showing, index) => showingChains(graph, showing, index, uses)),
    `${piece.shows.map((_, index) => `[s${index}]`).join('')}concat=n=${piece.shows.length}[film]`,
  ];
  return {
    inputs: piece.runs.map((run) => pictureInput(run.file, seekSeconds(selectionOf(graph, run)))),
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

interface Graph {
  readonly plan: RenderPlan;
  readonly piece: Piece;
  readonly resampler: Resampler;
  readonly format: PictureFormat;
}

function runsOf(showing: Showing): readonly number[] {
  switch (showing.kind) {
    case 'black':
      return [];
    case 'untouched':
      return [showing.run];
    case 'composed':
      return showing.layers.map((layer) => layer.run);
  }
}

function selectionOf({ plan }: Graph, run: Run) {
  const picture = plan.takes[run.takeId]?.picture;
  return {
    takeRate: picture?.kind === 'moving' ? picture.rate : plan.rate,
    sequenceRate: plan.rate,
    sourceIn: run.sourceIn,
    length: subtractFrames(run.out, run.in),
    frameTable: run.file.frameTable,
  };
}

// A run's frames, one labelled copy for each span that shows it.
function runChain(graph: Graph, run: Run, index: number, uses: readonly Showing[]): string {
  const select = isStill(run)
    ? holdStill(subtractFrames(run.out, run.in), graph.plan.rate)
    : selectFrames(selectionOf(graph, run));
  const before = isConvertedFirst(graph, run, uses) ? toRgb(run.file.stream, graph.resampler, rgbOf(run)) : [];
  const copies = uses.map((_, use) => `[r${index}_${use}]`).join('');
  const split = uses.length > 1 ? [`split=${uses.length}`] : [];
  return `[${index}:${run.file.stream.streamIndex}]${[...before, ...select, ...split].join(',')}${copies}`;
}

// A still, or a take slower than the sequence, is converted before its frames are repeated rather than every time.
function isConvertedFirst({ plan }: Graph, run: Run, uses: readonly Showing[]): boolean {
  if (uses.some((showing) => showing.kind === 'untouched')) return false;
  const picture = plan.takes[run.takeId]?.picture;
  if (picture?.kind !== 'moving') return true;
  return picture.rate.num * plan.rate.den < plan.rate.num * picture.rate.den;
}

function showingChains(graph: Graph, showing: Showing, index: number, uses: readonly (readonly Showing[])[]): string[] {
  const { plan, resampler, format } = graph;
  const out = `[s${index}]`;
  switch (showing.kind) {
    case 'black':
      return [`${blackFrames(plan, showing, format)},setsar=1${out}`];
    case 'untouched': {
      const run = graph.piece.runs[showing.run];
      if (!run) throw new RangeError(`no run ${showing.run}`);
      const finish = format === 'gbrp' ? toRgb(run.file.stream, resampler) : [];
      const frames = copyOf(graph, showing.run, showing, uses);
      return [`${frames.label}${[...frames.cut, ...finish, 'setsar=1'].join(',')}${out}`];
    }
    case 'composed': {
      const finish = format === 'gbrp' ? [] : [...evenSize(plan), ...toDelivery(resampler)];
      return composedChains(graph, showing, index, uses, [...finish, 'setsar=1']);
    }
  }
}

type Composed = Extract<Showing, { kind: 'composed' }>;

/** One chain a layer, then the overlays that stack them. */
function composedChains(
  graph: Graph,
  showing: Composed,
  index: number,
  uses: readonly (readonly Showing[])[],
  finish: readonly string[],
): string[] {
  const { plan } = graph;
  const [bottom] = showing.layers;
  const isBase = bottom !== undefined && bottom.seen.alpha === 255 && rgbOf(graph.piece.runs[bottom.run]) === 'gbrp';
  const chains: string[] = isBase ? [] : [`${blackFrames(plan, showing, 'gbrp')}[b${index}]`];
  const overlays: string[] = [];
  let below = `[b${index}]`;
  for (const [at, { run, seen }] of showing.layers.entries()) {
    const isLast = at === showing.layers.length - 1;
    const own = `[l${index}_${at}]`;
    const layer = layerFilters(graph, showing, run, seen, uses);
    if (at === 0 && isBase) {
      const filters = [...layer.filters, ...fillFrame(plan, seen.placement.target), ...(isLast ? finish : [])];
      chains.push(`${layer.label}${filters.join(',')}${isLast ? `[s${index}]` : own}`);
      below = own;
      continue;
    }
    const above = `[o${index}_${at}]`;
    chains.push(`${layer.label}${[...layer.filters, ...withAlpha(seen.alpha)].join(',')}${own}`);
    const { left, top } = seen.placement.target;
    const overlay = `overlay=x=${left}:y=${top}:format=gbrp`;
    overlays.push(`${below}${own}${[overlay, ...(isLast ? finish : [])].join(',')}${isLast ? `[s${index}]` : above}`);
    below = above;
  }
  return [...chains, ...overlays];
}

function layerFilters(
  graph: Graph,
  showing: Showing,
  runIndex: number,
  seen: SeenLayer,
  uses: readonly (readonly Showing[])[],
): { readonly label: string; readonly filters: readonly string[] } {
  const run = graph.piece.runs[runIndex];
  if (!run) throw new RangeError(`no run ${runIndex}`);
  const { stream } = run.file;
  const frames = copyOf(graph, runIndex, showing, uses);
  const isRgb = isConvertedFirst(graph, run, uses[runIndex] ?? []);
  const rgb = rgbOf(run);
  const coded = { widthPx: stream.codedWidthPx, heightPx: stream.codedHeightPx };
  const place = toPlace(codedPlacementOf(graph.plan, seen, stream), coded, graph.resampler, rgb);
  return {
    label: frames.label,
    filters: [...frames.cut, ...(isRgb ? [] : toRgb(stream, graph.resampler, rgb)), ...place],
  };
}

// The copy of a run that belongs to this span, and the cut of its frames.
function copyOf({ plan, piece }: Graph, runIndex: number, showing: Showing, uses: readonly (readonly Showing[])[]) {
  const run = piece.runs[runIndex];
  const use = uses[runIndex]?.indexOf(showing) ?? -1;
  if (!run || use < 0) throw new RangeError(`run ${runIndex} is not shown at ${showing.in}`);
  const isWhole = showing.in === run.in && showing.out === run.out;
  const cut = isWhole ? [] : cutFrames(showing.in - run.in, showing.out - run.in, plan.rate);
  return { label: `[r${runIndex}_${use}]`, cut };
}

function isStill(run: Run): boolean {
  return run.file.stream.timing === 'still';
}

function rgbOf(run: Run | undefined): PlanarRgb {
  return transparencyOf(run?.file) === 'transparent' ? 'gbrap' : 'gbrp';
}

function withAlpha(alpha: number): string[] {
  return ['format=gbrap', ...(alpha === 255 ? [] : [`colorchannelmixer=aa=${(alpha / 255).toFixed(9)}`])];
}

/** Cuts what reaches past the frame and lays the rest on black: cheaper than an overlay on a black picture. */
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

function blackFrames(plan: RenderPlan, showing: Showing, format: PictureFormat): string {
  const { widthPx, heightPx } = deliveredSize(plan, format);
  const { rate } = plan;
  const length = subtractFrames(showing.out, showing.in);
  const colour = `color=c=black:s=${widthPx}x${heightPx}:r=${rate.num}/${rate.den}`;
  return [colour, `format=${format}`, ...cutFrames(noFrames, length, rate)].join(',');
}
