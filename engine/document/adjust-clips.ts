import { type EditResult, edited, type Refusal, refused } from './edit-result.ts';
import type { Clip, Film, Framing, TakeFacts } from './film.ts';
import type { ClipId, GestureId, SequenceId } from './ids.ts';
import { locateClips, replaceClips, sequenceOf, withSequence } from './track.ts';

export interface SetFraming {
  readonly kind: 'set-framing';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly clipIds: readonly ClipId[];
  readonly framing: Partial<Framing>;
}

export interface SetGain {
  readonly kind: 'set-gain';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly clipIds: readonly ClipId[];
  readonly gainDb: number;
}

/** Bounds that the inspector shows and the edits keep; −96 dB is silence at 16 bits. */
export const adjustmentLimits = {
  placePx: { low: -32768, high: 32768 },
  scale: { low: 0.01, high: 100 },
  opacity: { low: 0, high: 1 },
  gainDb: { low: -96, high: 24 },
} as const;

/**
 * Changes how picture clips lie in the frame; sound clips among the chosen are left alone.
 * Refuses `out-of-range` with the property's name, `track-locked`, and `nothing-changes`.
 */
export function setFraming(film: Film, intent: SetFraming): EditResult {
  return adjust(film, intent, (clip, take) => {
    if (clip.kind !== 'picture') return clip;
    const framing = { ...clip.framing, ...intent.framing };
    const property = undrawable(framing, take);
    return property ? outOfRange(property) : { ...clip, framing };
  });
}

/** Sets the level of sound clips; picture clips among the chosen are left alone. Refusals as `setFraming`. */
export function setGain(film: Film, intent: SetGain): EditResult {
  return adjust(film, intent, (clip) => {
    if (clip.kind !== 'sound') return clip;
    return isWithin(intent.gainDb, adjustmentLimits.gainDb) ? { ...clip, gainDb: intent.gainDb } : outOfRange('gainDb');
  });
}

function adjust(
  film: Film,
  intent: SetFraming | SetGain,
  change: (clip: Clip, take: TakeFacts | undefined) => Clip | Refusal,
): EditResult {
  const sequence = sequenceOf(film, intent.sequenceId);
  const located = locateClips(sequence, intent.clipIds);
  if ('code' in located) return refused(located);
  const locked = located.find(({ track }) => track.isLocked);
  if (locked) return refused({ code: 'track-locked', trackId: locked.track.id });

  const adjusted = new Map<ClipId, readonly Clip[]>();
  for (const { clip } of located) {
    const result = change(clip, film.takes[clip.takeId]);
    if ('code' in result) return refused(result);
    if (result !== clip) adjusted.set(clip.id, [result]);
  }
  if (adjusted.size === 0) return refused({ code: 'nothing-changes' });
  return edited(withSequence(film, replaceClips(sequence, adjusted)));
}

/** The property of a framing that neither viewer nor exporter could draw, or undefined when they can. */
export function undrawable(framing: Framing, take: TakeFacts | undefined): keyof Framing | undefined {
  const { xPx, yPx, scale, opacity, crop } = framing;
  if (!isWithin(xPx, adjustmentLimits.placePx)) return 'xPx';
  if (!isWithin(yPx, adjustmentLimits.placePx)) return 'yPx';
  if (!isWithin(scale, adjustmentLimits.scale)) return 'scale';
  if (!isWithin(opacity, adjustmentLimits.opacity)) return 'opacity';
  const sides = [crop.leftPx, crop.topPx, crop.rightPx, crop.bottomPx];
  if (sides.some((side) => !Number.isInteger(side) || side < 0)) return 'crop';
  const picture = take?.picture;
  const leavesNothing =
    picture && (crop.leftPx + crop.rightPx >= picture.widthPx || crop.topPx + crop.bottomPx >= picture.heightPx);
  return leavesNothing ? 'crop' : undefined;
}

/** Whether a number lies between two bounds, both included; NaN never does. */
export function isWithin(value: number, limits: { readonly low: number; readonly high: number }): boolean {
  return Number.isFinite(value) && value >= limits.low && value <= limits.high;
}

function outOfRange(property: string): Refusal {
  return { code: 'out-of-range', property };
}
