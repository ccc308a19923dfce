import { subtractFrames } from '../document/time.ts';
import type { RenderPlan } from '../render/plan.ts';
import type { Resampler } from './caps.ts';
import type { PictureFile } from './export-take.ts';
import { filledUp } from './fill-up.ts';
import { cutFrames, type FrameSelection, holdStill, selectFrames } from './frame-selection.ts';
import { type PlanarRgb, toRgb } from './layer-chain.ts';
import { type Piece, type Run, type Showing, transparencyOf } from './pieces.ts';

/** The frames of a piece's runs, a copy for each span that shows them. */
export interface RunCopies {
  /** From each run's input to its copies. */
  readonly chains: readonly string[];
  /** The copy that belongs to a span. Throws RangeError for a run that the span does not show. */
  of(runIndex: number, showing: Showing): RunCopy;
}

/** What a span's own chain begins with. */
export interface RunCopy {
  readonly label: string;
  /** Filters that cut the span's frames out of the run's; none where it is the whole run. */
  readonly cut: readonly string[];
  readonly file: PictureFile;
  readonly rgb: PlanarRgb;
  /** Whether its frames were turned into RGB before they were copied. */
  readonly isRgb: boolean;
}

export function runCopies(plan: RenderPlan, piece: Piece, resampler: Resampler): RunCopies {
  const users = piece.runs.map((_, index) => piece.shows.filter((showing) => runsOf(showing).includes(index)));
  const isRgb = piece.runs.map((run, index) => isConvertedFirst(plan, run, users[index] ?? []));
  return {
    chains: piece.runs.flatMap((run, index) => {
      const input = `[${index}:${run.file.stream.streamIndex}]`;
      const whole = filledUp(run.file.stream, input, `[w${index}]`, `w${index}`);
      const copies = (users[index] ?? []).map((_, copy) => labelOf(index, copy));
      const filters = [
        ...(isRgb[index] ? toRgb(run.file.stream, resampler, rgbOf(run)) : []),
        ...framesOf(plan, run),
        ...(copies.length > 1 ? [`split=${copies.length}`] : []),
      ];
      return [...whole, `${whole.length > 0 ? `[w${index}]` : input}${filters.join(',')}${copies.join('')}`];
    }),
    of: (index, showing) => {
      const run = piece.runs[index];
      const copy = users[index]?.indexOf(showing) ?? -1;
      if (!run || copy < 0) throw new RangeError(`run ${index} is not shown at ${showing.in}`);
      const isWhole = showing.in === run.in && showing.out === run.out;
      const cut = isWhole ? [] : cutFrames(showing.in - run.in, showing.out - run.in, plan.rate);
      return { label: labelOf(index, copy), cut, file: run.file, rgb: rgbOf(run), isRgb: isRgb[index] ?? false };
    },
  };
}

/** What a run reads of its file, and at which frames of the sequence it shows it. */
export function selectionOf(plan: RenderPlan, run: Run): FrameSelection {
  const picture = plan.takes[run.takeId]?.picture;
  return {
    takeRate: picture?.kind === 'moving' ? picture.rate : plan.rate,
    sequenceRate: plan.rate,
    sourceIn: run.sourceIn,
    length: subtractFrames(run.out, run.in),
    frameTable: run.file.frameTable,
  };
}

function framesOf(plan: RenderPlan, run: Run): string[] {
  return run.file.stream.timing === 'still'
    ? holdStill(subtractFrames(run.out, run.in), plan.rate)
    : selectFrames(selectionOf(plan, run));
}

// A still, or a take slower than the sequence, is converted before its frames are repeated rather than every time.
function isConvertedFirst(plan: RenderPlan, run: Run, users: readonly Showing[]): boolean {
  if (users.some((showing) => showing.kind === 'untouched' || showing.kind === 'inset')) return false;
  const picture = plan.takes[run.takeId]?.picture;
  if (picture?.kind !== 'moving') return true;
  return picture.rate.num * plan.rate.den < plan.rate.num * picture.rate.den;
}

function rgbOf(run: Run): PlanarRgb {
  return transparencyOf(run.file) === 'transparent' ? 'gbrap' : 'gbrp';
}

function labelOf(run: number, copy: number): string {
  return `[r${run}_${copy}]`;
}

function runsOf(showing: Showing): readonly number[] {
  switch (showing.kind) {
    case 'black':
      return [];
    case 'untouched':
      return [showing.run];
    case 'composed':
      return showing.layers.map((layer) => layer.run);
    case 'inset':
      return [showing.base, ...showing.layers].map((layer) => layer.run);
  }
}
