import type { TakeId } from '../document/ids.ts';
import { addFrames, type Frames, maxFrames, subtractFrames } from '../document/time.ts';
import { chromaSiting } from '../render/colour.ts';
import { coversFrame, isOneToOne, type Rectangle } from '../render/placement.ts';
import type { RenderPlan, Span } from '../render/plan.ts';
import { type SeenLayer, seenLayers } from '../render/seen-layers.ts';
import type { ExportTake, PictureFile } from './export-take.ts';

/** A stretch of the film that one ffmpeg renders: as long as it likes, but open files are counted. */
export interface Piece {
  readonly in: Frames;
  readonly out: Frames;
  readonly runs: readonly Run[];
  readonly shows: readonly Showing[];
}

/** A picture read once, from a seek on, however many spans show it. */
export interface Run {
  readonly takeId: TakeId;
  readonly file: PictureFile;
  readonly in: Frames;
  readonly out: Frames;
  /** What its first frame shows, in sequence frames from the take's first frame. */
  readonly sourceIn: Frames;
}

/** A span as it is rendered. */
export type Showing =
  | { readonly kind: 'black'; readonly in: Frames; readonly out: Frames }
  /** The source's own samples are the picture: composing them would only round them twice. */
  | { readonly kind: 'untouched'; readonly in: Frames; readonly out: Frames; readonly run: number }
  | { readonly kind: 'composed'; readonly in: Frames; readonly out: Frames; readonly layers: readonly SeenRun[] }
  /** Such a picture with others over a part of it: around that part its samples are handed on as they are. */
  | {
      readonly kind: 'inset';
      readonly in: Frames;
      readonly out: Frames;
      readonly base: SeenRun;
      readonly layers: readonly SeenRun[];
      readonly changed: Rectangle;
    };

export interface SeenRun {
  readonly run: number;
  readonly seen: SeenLayer;
}

/** Every open decoder of a 1080p picture holds about 50 MB; a piece of many spans makes a long argument. */
export const pieceLimits = { runs: 8, spans: 32 };

/** The take's picture file, or undefined when it has none to show. */
export type PictureOf = (takeId: TakeId) => PictureFile | undefined;

export function pictureOf(takes: ReadonlyMap<TakeId, ExportTake>): PictureOf {
  return (takeId) => {
    const take = takes.get(takeId);
    return take?.kind === 'ready' ? take.picture : undefined;
  };
}

/** Cuts a plan into pieces at span edges, so that memory does not grow with the film. */
export function cutIntoPieces(plan: RenderPlan, picture: PictureOf): readonly Piece[] {
  const pieces: Piece[] = [];
  let open: Piece | undefined;
  for (const span of plan.spans) {
    const grown = extended(open, plan, span, picture);
    const isFull = grown.runs.length > pieceLimits.runs || grown.shows.length > pieceLimits.spans;
    if (open && isFull) {
      pieces.push(open);
      open = extended(undefined, plan, span, picture);
    } else {
      open = grown;
    }
  }
  return open ? [...pieces, open] : pieces;
}

function extended(piece: Piece | undefined, plan: RenderPlan, span: Span, picture: PictureOf): Piece {
  const runs = [...(piece?.runs ?? [])];
  const taken = new Set<number>();
  const layers = seenLayers(plan, span, ({ takeId }) => transparencyOf(picture(takeId))).flatMap((seen) => {
    const file = picture(seen.layer.takeId);
    if (!file) return [];
    const run = joinRun(runs, taken, span, seen, file);
    taken.add(run);
    return [{ run, seen }];
  });
  return {
    in: piece?.in ?? span.in,
    out: span.out,
    runs,
    shows: [...(piece?.shows ?? []), showingOf(plan, span, layers, runs)],
  };
}

// A picture that simply runs on from the span before is the same run; a take stacked on itself needs one run each.
function joinRun(runs: Run[], taken: Set<number>, span: Span, { layer }: SeenLayer, file: PictureFile): number {
  const runsOn = (run: Run) =>
    run.takeId === layer.takeId &&
    addFrames(run.sourceIn, subtractFrames(span.in, run.in)) === layer.sourceIn &&
    span.in - run.out <= longestPause;
  const index = runs.findIndex((run, at) => !taken.has(at) && runsOn(run));
  const known = runs[index];
  if (!known)
    return runs.push({ takeId: layer.takeId, file, in: span.in, out: span.out, sourceIn: layer.sourceIn }) - 1;
  runs[index] = { ...known, out: maxFrames(known.out, span.out) };
  return index;
}

/** Frames a hidden picture is decoded on rather than sought anew: about what a seek costs. */
const longestPause = 48;

function showingOf(plan: RenderPlan, span: Span, layers: readonly SeenRun[], runs: readonly Run[]): Showing {
  const range = { in: span.in, out: span.out };
  const [base, ...above] = layers;
  if (!base) return { kind: 'black', ...range };
  const file = runs[base.run]?.file;
  if (!file || !isUntouched(plan, base.seen, file)) return { kind: 'composed', ...range, layers };
  if (above.length === 0) return { kind: 'untouched', ...range, run: base.run };
  const changed = changedBy(plan, above);
  const isSmall = areaOf(changed) <= largestInset * plan.widthPx * plan.heightPx;
  return isSmall ? { kind: 'inset', ...range, base, layers: above, changed } : { kind: 'composed', ...range, layers };
}

/** Share of the frame up to which composing a part and laying it back is cheaper than composing it all. */
const largestInset = 0.5;

/** Where pictures lie and as far around them as chroma's filters reach, on even pixels: chroma is cut between samples. */
function changedBy({ widthPx, heightPx }: RenderPlan, layers: readonly SeenRun[]): Rectangle {
  const edges = (side: keyof Rectangle) => layers.map(({ seen }) => seen.placement.target[side]);
  const first = (side: 'left' | 'top') => Math.floor((Math.min(...edges(side)) - chromaReachPx) / 2) * 2;
  const last = (side: 'right' | 'bottom') => Math.ceil((Math.max(...edges(side)) + chromaReachPx) / 2) * 2;
  return {
    left: Math.max(0, first('left')),
    top: Math.max(0, first('top')),
    right: Math.min(widthPx, last('right')),
    bottom: Math.min(heightPx, last('bottom')),
  };
}

/** How far the filters between 4:2:0 and full chroma look; even. */
export const chromaReachPx = 4;

function areaOf({ left, top, right, bottom }: Rectangle): number {
  return (right - left) * (bottom - top);
}

/** Whether a picture fills the frame pixel for pixel in the very samples that are delivered. */
function isUntouched(plan: RenderPlan, { placement, alpha }: SeenLayer, { stream }: PictureFile): boolean {
  const isUpright = stream.rotationDegrees === 0 && !stream.isMirrored;
  const isSameSize = stream.codedWidthPx === plan.widthPx && stream.codedHeightPx === plan.heightPx;
  const isEven = plan.widthPx % 2 === 0 && plan.heightPx % 2 === 0;
  const hasDeliveredSamples =
    stream.pixelFormat === 'yuv420p' &&
    !stream.hasAlpha &&
    stream.colour.primaries !== 'bt2020' &&
    stream.colour.matrix === 'bt709' &&
    stream.colour.range === 'limited' &&
    chromaSiting(stream.codec) === 'left';
  return (
    alpha === 255 &&
    isUpright &&
    isSameSize &&
    isEven &&
    hasDeliveredSamples &&
    isOneToOne(placement) &&
    coversFrame(placement, plan)
  );
}

/** A still may have holes in it; moving pictures with alpha lie on black, in the viewer as here. */
export function transparencyOf(file: PictureFile | undefined): 'nothing' | 'opaque' | 'transparent' {
  if (!file) return 'nothing';
  return file.stream.timing === 'still' && file.stream.hasAlpha ? 'transparent' : 'opaque';
}
