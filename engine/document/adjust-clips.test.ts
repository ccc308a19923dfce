import { expect, test } from 'vitest';
import { adjustmentLimits, setFraming, setGain } from './adjust-clips.ts';
import type { EditResult } from './edit-result.ts';
import type { Clip, Film, Framing } from './film.ts';
import { noCrop } from './film.ts';
import { clipId, filmOf, notationSequence } from './film-notation.ts';
import type { GestureId, TrackId } from './ids.ts';
import { applyIntent } from './intent.ts';
import { brokenInvariants } from './invariants.ts';

// Takes are 1920×1080 in the notation.
const film = filmOf('V1 A:0-48 B:48-96 | A1 a:0-48');
const base = { gesture: 'g' as GestureId, sequenceId: notationSequence };

const frame = (framing: Partial<Framing>, clips = ['A'], of: Film = film) =>
  setFraming(of, { kind: 'set-framing', ...base, clipIds: clips.map(clipId), framing });
const gain = (gainDb: number, clips = ['a'], of: Film = film) =>
  setGain(of, { kind: 'set-gain', ...base, clipIds: clips.map(clipId), gainDb });

function said(result: EditResult): string {
  if (result.kind === 'edited') return 'edited';
  const { refusal } = result;
  return refusal.code === 'out-of-range' ? `out of range: ${refusal.property}` : refusal.code;
}

function framingOf(result: EditResult, id: string): Framing | undefined {
  const tracks = result.kind === 'edited' ? (result.film.sequences[0]?.tracks ?? []) : [];
  const clips = tracks.flatMap((track): readonly Clip[] => track.clips);
  const clip = clips.find((each) => each.id === id);
  return clip?.kind === 'picture' ? clip.framing : undefined;
}

test('a framing changes what was named and leaves the rest', () => {
  const changed = frame({ scale: 2, xPx: -10.5 });
  expect(framingOf(changed, 'A')).toEqual({ xPx: -10.5, yPx: 0, scale: 2, opacity: 1, crop: noCrop });
  expect(framingOf(changed, 'B')).toEqual({ xPx: 0, yPx: 0, scale: 1, opacity: 1, crop: noCrop });
});

test.each([
  ['xPx', { xPx: adjustmentLimits.placePx.high + 1 }],
  ['yPx', { yPx: Number.NaN }],
  ['scale', { scale: 0 }],
  ['scale', { scale: Number.POSITIVE_INFINITY }],
  ['opacity', { opacity: 1.01 }],
  ['opacity', { opacity: -0.01 }],
  ['crop', { crop: { ...noCrop, leftPx: 960, rightPx: 960 } }],
  ['crop', { crop: { ...noCrop, bottomPx: 1080 } }],
  ['crop', { crop: { ...noCrop, topPx: -1 } }],
  ['crop', { crop: { ...noCrop, topPx: 0.5 } }],
] as const)('what cannot be drawn cannot be set: %s of %o', (property, framing) => {
  expect(said(frame(framing))).toBe(`out of range: ${property}`);
});

test.each([Number.NaN, adjustmentLimits.gainDb.high + 0.1, adjustmentLimits.gainDb.low - 0.1])(
  'what cannot be heard cannot be set: a gain of %s',
  (gainDb) => {
    expect(said(gain(gainDb))).toBe('out of range: gainDb');
  },
);

test('the limits themselves can be set', () => {
  for (const end of ['low', 'high'] as const) {
    const { placePx, scale, opacity, gainDb } = adjustmentLimits;
    const framing = { xPx: placePx[end], yPx: placePx[end], scale: scale[end], opacity: opacity[end] };
    expect(said(frame(framing))).toBe('edited');
    expect(said(gain(gainDb[end]))).toBe('edited');
  }
  expect(said(frame({ crop: { leftPx: 1919, topPx: 0, rightPx: 0, bottomPx: 1079 } }))).toBe('edited');
});

test('sound among the chosen has no framing, and pictures no gain', () => {
  expect(framingOf(frame({ opacity: 0.5 }, ['A', 'a']), 'A')?.opacity).toBe(0.5);
  expect(said(frame({ opacity: 0.5 }, ['a']))).toBe('nothing-changes');
  expect(said(gain(-6, ['A']))).toBe('nothing-changes');
  expect(said(applyIntent(film, { kind: 'set-gain', ...base, clipIds: [clipId('a')], gainDb: 0 }))).toBe(
    'nothing-changes',
  );
});

test('a locked track keeps its clips as they are', () => {
  const locked = applyIntent(film, {
    kind: 'switch-track',
    ...base,
    trackId: 'v1' as TrackId,
    toggle: 'lock',
    isOn: true,
  });
  if (locked.kind === 'refused') throw new Error(locked.refusal.code);
  expect(said(frame({ scale: 2 }, ['A'], locked.film))).toBe('track-locked');
});

test('a file that crops a picture away is not a sound film', () => {
  const cropped = frame({ crop: { ...noCrop, leftPx: 1000 } });
  if (cropped.kind === 'refused') throw new Error(cropped.refusal.code);
  expect(brokenInvariants(cropped.film)).toEqual([]);
  const text = JSON.stringify(cropped.film).replace('"leftPx":1000', '"leftPx":1920');
  expect(brokenInvariants(JSON.parse(text))).toEqual(['clip A cannot be drawn: its crop is out of range']);
});
