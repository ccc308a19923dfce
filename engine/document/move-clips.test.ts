import { expect, test } from 'vitest';
import { clipId, filmOf, notationSequence, show } from './film-notation.ts';
import type { GestureId } from './ids.ts';
import { type MoveClips, moveClips } from './move-clips.ts';
import { frames } from './time.ts';

const move = (notation: string, clips: string[], byFrames: number, change: Partial<MoveClips> = {}) =>
  show(
    moveClips(filmOf(notation), {
      kind: 'move',
      gesture: 'g' as GestureId,
      sequenceId: notationSequence,
      clipIds: clips.map(clipId),
      byFrames: frames(byFrames),
      byVideoTracks: 0,
      byAudioTracks: 0,
      mode: 'overwrite',
      withLinks: true,
      ...change,
    }),
  );

test('a moved clip leaves a gap and overwrites what it lands on', () => {
  expect(move('V1 A:0-10 B:10-20 C:20-30', ['A'], 15)).toBe('V1 B:10-15 A:15-25 C+5:25-30');
});

test('a clip moved within its own length does not eat itself', () => {
  expect(move('V1 A:10-30', ['A'], 5)).toBe('V1 A:15-35');
});

test('linked sound follows in time and keeps its track', () => {
  expect(move('V1 A:0-10 | A1 a:0-10', ['A'], 5, { byVideoTracks: 1 })).toBe('V2 A:5-15 | A1 a:5-15');
});

test('with links off one half moves alone', () => {
  expect(move('V1 A:0-10 | A1 a:0-10', ['A'], 5, { withLinks: false })).toBe('V1 A:5-15 | A1 a:0-10');
});

test('several clips keep their distances', () => {
  expect(move('V1 A:0-10 B:20-30', ['A', 'B'], 100)).toBe('V1 A:100-110 B:120-130');
});

test('an insert opens room at the target on every track', () => {
  expect(move('V1 A:0-10 B:10-20 C:20-30 | A2 d:0-30', ['C'], -10, { mode: 'insert' })).toBe(
    'V1 A:0-10 C:10-20 B:20-30 | A2 d:0-10 d+10:20-40',
  );
});

test.each([
  ['before-start', ['A'], -1, {}],
  ['no-such-track', ['A'], 0, { byVideoTracks: 2 }],
  ['nothing-changes', ['A'], 0, {}],
  ['no-such-clip', ['Z'], 1, {}],
] as const)('refuses with %s', (code, clips, by, change) => {
  expect(move('V1 A:0-10', [...clips], by, change)).toBe(code);
});
