import { expect, test } from 'vitest';
import { clipId, filmOf, notationSequence, show } from './film-notation.ts';
import type { GestureId } from './ids.ts';
import { moveClips } from './move-clips.ts';
import { splitClips } from './split-clips.ts';
import { frames } from './time.ts';

const split = (notation: string, clips: string[], at: number, withLinks = true) =>
  splitClips(filmOf(notation), {
    kind: 'split',
    gesture: 'g' as GestureId,
    sequenceId: notationSequence,
    at: frames(at),
    clipIds: clips.map(clipId),
    withLinks,
  });

test('a split shows the same frames before and after', () => {
  expect(show(split('V1 A+7:10-48', ['A'], 30))).toBe('V1 A+7:10-30 A+27:30-48');
});

test('linked sound is split too, and each half stays with its own half', () => {
  const result = split('V1 A:0-48 | A1 a:0-48', ['A'], 20);
  expect(show(result)).toBe('V1 A:0-20 A+20:20-48 | A1 a:0-20 a+20:20-48');
  if (result.kind === 'refused') throw new Error(result.refusal.code);
  const right = result.film.sequences[0]?.tracks[0]?.clips[1];
  if (!right) throw new Error('no right half');
  const moved = moveClips(result.film, {
    kind: 'move',
    gesture: 'h' as GestureId,
    sequenceId: notationSequence,
    clipIds: [right.id],
    byFrames: frames(10),
    byVideoTracks: 0,
    byAudioTracks: 0,
    mode: 'overwrite',
    withLinks: true,
  });
  expect(show(moved)).toBe('V1 A:0-20 A+20:30-58 | A1 a:0-20 a+20:30-58');
});

test('an edge is no place to cut', () => {
  expect(show(split('V1 A:0-48', ['A'], 48))).toBe('nothing-to-cut');
  expect(show(split('V1 A:0-48', ['A'], 0))).toBe('nothing-to-cut');
});
