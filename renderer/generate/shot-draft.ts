import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PackSummary } from '../../engine/contract/generation.ts';
import type { PackId } from '../../engine/contract/ids.ts';
import { type Shape, shotSize } from '../../engine/contract/shot-size.ts';
import type { ShotRequest } from '../../engine/contract/take.ts';
import { type Frames, frames, offsetOfTakeFrame, type Rate } from '../../engine/document/time.ts';

/** A shot as it is being written: the start page has one, and each project its own. Never saved with the film. */
export interface ShotDraft {
  readonly prompt: string;
  readonly seed: SeedChoice;
  /** What the editor chose away from the pack's defaults. */
  readonly packId?: PackId | undefined;
  /** Away from the size that the pack makes for the shape of the sequence. */
  readonly size?: Shape | undefined;
  readonly frameCount?: number | undefined;
  readonly steps?: number | undefined;
  readonly guidanceScale?: number | undefined;
}

export type SeedChoice =
  /** Another one for each shot. */
  { readonly kind: 'random' } | { readonly kind: 'kept'; readonly seed: number };

export type ShotDraftStore = StoreApi<ShotDraft>;

export const longestPrompt = 400;

export const emptyDraft: ShotDraft = { prompt: '', seed: { kind: 'random' } };

export function createShotDraft(first = emptyDraft): ShotDraftStore {
  return createStore<ShotDraft>(() => first);
}

/** The request a draft comes to with a pack, in a sequence of some shape. */
export function requestFrom(
  draft: ShotDraft,
  pack: PackSummary,
  shape: Shape,
  randomSeed: () => number = newSeed,
): ShotRequest {
  const { defaults } = pack;
  const size = sizeOfShot(draft, pack, shape);
  return {
    task: 'text',
    prompt: draft.prompt.trim().slice(0, longestPrompt),
    packId: pack.id,
    frameCount: draft.frameCount ?? defaults.frameCount,
    widthPx: size.widthPx,
    heightPx: size.heightPx,
    seed: draft.seed.kind === 'kept' ? draft.seed.seed : randomSeed(),
    steps: draft.steps ?? defaults.steps,
    guidanceScale: draft.guidanceScale ?? defaults.guidanceScale,
  };
}

/** The size a draft is made in: the chosen one, where the pack makes it, else the one for the shape of the sequence. */
export function sizeOfShot(
  { size }: Pick<ShotDraft, 'size'>,
  { sizes }: Pick<PackSummary, 'sizes'>,
  shape: Shape,
): Shape {
  return sizes.find((each) => size && isSameSize(each, size)) ?? shotSize(sizes, shape);
}

export interface SizeChoice {
  readonly size: Shape;
  /** As people call the shape: 16:9; undefined for one that has no such name. */
  readonly ratio: string | undefined;
}

/** Every size the pack makes, the default first. */
export function sizeChoices({ sizes }: Pick<PackSummary, 'sizes'>): readonly SizeChoice[] {
  return sizes.map((size) => ({ size, ratio: ratioOf(size) }));
}

/** As `1920x1080`: a size as the value of a field. */
export function sizeKey({ widthPx, heightPx }: Shape): string {
  return `${widthPx}x${heightPx}`;
}

function isSameSize(a: Shape, b: Shape): boolean {
  return a.widthPx === b.widthPx && a.heightPx === b.heightPx;
}

const ratios = ['16:9', '9:16', '1:1', '4:3', '3:4', '3:2', '2:3', '16:10', '10:16', '4:5', '5:4', '21:9', '2:1'];

/** Packs make sizes in steps of 32 pixels, so the name is of the nearest shape, within 2 %. */
function ratioOf({ widthPx, heightPx }: Shape): string | undefined {
  return ratios.find((name) => {
    const [across = 1, down = 1] = name.split(':').map(Number);
    return Math.abs(Math.log((widthPx * down) / (heightPx * across))) < 0.02;
  });
}

export interface LengthChoice {
  /** At the pack's rate. */
  readonly frameCount: number;
  /** What it comes to on the sequence. */
  readonly length: Frames;
}

/** Every length the pack can make, as it will be on the timeline. */
export function lengthChoices({ frameCounts, rate: packRate }: PackSummary, rate: Rate): readonly LengthChoice[] {
  const { min, max, step } = frameCounts;
  const first = 1 + Math.ceil((min - 1) / step) * step; // legal counts are 1 + a multiple of the step
  const counts = Array.from({ length: Math.floor((max - first) / step) + 1 }, (_, index) => first + index * step);
  return counts.map((frameCount) => ({ frameCount, length: offsetOfTakeFrame(frames(frameCount), packRate, rate) }));
}

/** What a shot is called: its prompt up to the first full stop, and no longer than a label. */
export function nameOfShot(prompt: string): string {
  const first = prompt.trim().split(/[.。!?！？\n]/u)[0] ?? '';
  const letters = [...first];
  return letters.length <= 60 ? first : `${letters.slice(0, 59).join('').trimEnd()}…`;
}

export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
