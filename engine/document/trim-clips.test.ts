import { expect, test } from 'vitest';
import { clipId, filmOf, notationSequence, show } from './film-notation.ts';
import type { GestureId } from './ids.ts';
import { frames } from './time.ts';
import { trimClips, trimLimits } from './trim-clips.ts';

const intent = (clips: string[], edge: 'in' | 'out', byFrames: number, withLinks = true) => ({
  kind: 'trim' as const,
  gesture: 'g' as GestureId,
  sequenceId: notationSequence,
  clipIds: clips.map(clipId),
  edge,
  byFrames: frames(byFrames),
  withLinks,
});
const trim = (notation: string, ...rest: Parameters<typeof intent>) =>
  show(trimClips(filmOf(notation), intent(...rest)));

test('trimming the out edge leaves a gap; nothing else moves', () => {
  expect(trim('V1 A:0-48 B:48-96', ['A'], 'out', -8)).toBe('V1 A:0-40 B:48-96');
});

test('trimming the in edge moves into the take by as much', () => {
  expect(trim('V1 A+5:10-48', ['A'], 'in', 4)).toBe('V1 A+9:14-48');
});

test('an edge stops at the neighbour, at the end of the media, and at its last frame', () => {
  expect(trim('V1 A:0-40 B:48-96', ['A'], 'out', 20)).toBe('V1 A:0-48 B:48-96');
  expect(trim('V1 A+190:0-5', ['A'], 'out', 20)).toBe('V1 A+190:0-10');
  expect(trim('V1 A:0-40', ['A'], 'out', -100)).toBe('V1 A:0-1');
  expect(trim('V1 A+3:10-40', ['A'], 'in', -9)).toBe('V1 A:7-40');
});

test('an edge that cannot move at all says what is in the way', () => {
  expect(trim('V1 A:0-48 B:48-96', ['A'], 'out', 1)).toBe('at-neighbour');
  expect(trim('V1 A:0-200', ['A'], 'out', 1)).toBe('end-of-media');
  expect(trim('V1 A:10-48', ['A'], 'in', -1)).toBe('end-of-media');
  expect(trim('V1 A+5:0-48', ['A'], 'in', -1)).toBe('before-start');
  expect(trim('V1 A:0-1', ['A'], 'out', -1)).toBe('too-short');
});

test('linked sound is trimmed with its picture, and the tighter limit holds for both', () => {
  expect(trim('V1 A:0-48 | A1 a:0-48', ['A'], 'out', -8)).toBe('V1 A:0-40 | A1 a:0-40');
  expect(trim('V1 A:0-48 | A1 a:0-48 b:50-60', ['A'], 'out', 10)).toBe('V1 A:0-50 | A1 a:0-50 b:50-60');
});

test('with links off one half is trimmed alone: an L cut, which later trims keep', () => {
  const cut = trimClips(filmOf('V1 A:0-48 | A1 a:0-48'), intent(['A'], 'out', -8, false));
  expect(show(cut)).toBe('V1 A:0-40 | A1 a:0-48');
  if (cut.kind === 'refused') throw new Error(cut.refusal.code);
  expect(show(trimClips(cut.film, intent(['A'], 'out', -8)))).toBe('V1 A:0-32 | A1 a:0-48');
});

test('a drag can show its limits before anything is committed', () => {
  const { byFrames: _, ...drag } = intent(['A'], 'out', 0);
  expect(trimLimits(filmOf('V1 A:0-40 B:48-96'), drag)).toEqual({
    left: -39,
    right: 8,
    stopLeft: 'too-short',
    stopRight: 'at-neighbour',
  });
});
