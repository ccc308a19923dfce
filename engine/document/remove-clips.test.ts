import { expect, test } from 'vitest';
import { clipId, filmOf, notationSequence, show, trackId } from './film-notation.ts';
import type { GestureId } from './ids.ts';
import { applyIntent } from './intent.ts';
import { removeClips } from './remove-clips.ts';

const remove = (notation: string, clips: string[], mode: 'lift' | 'ripple', withLinks = true) =>
  show(
    removeClips(filmOf(notation), {
      kind: 'remove',
      gesture: 'g' as GestureId,
      sequenceId: notationSequence,
      clipIds: clips.map(clipId),
      mode,
      withLinks,
    }),
  );

test('a lift leaves a gap', () => {
  expect(remove('V1 A:0-10 B:10-20 C:20-30', ['B'], 'lift')).toBe('V1 A:0-10 C:20-30');
});

test('a ripple closes it, on the other tracks too', () => {
  expect(remove('V2 D:20-25 | V1 A:0-10 B:10-20 C:20-30', ['B'], 'ripple')).toBe('V1 A:0-10 C:10-20 | V2 D:10-15');
});

test('several gaps close at once', () => {
  expect(remove('V1 A:0-10 B:10-20 C:20-30 D:30-40', ['A', 'C'], 'ripple')).toBe('V1 B:0-10 D:10-20');
});

test('linked sound goes with its picture', () => {
  expect(remove('V1 A:0-10 B:10-20 | A1 a:0-10 b:10-20', ['A'], 'ripple')).toBe('V1 B:0-10 | A1 b:0-10');
  expect(remove('V1 A:0-10 | A1 a:0-10', ['A'], 'lift', false)).toBe('A1 a:0-10');
});

test('a music bed under the cut stays whole', () => {
  expect(remove('V1 A:0-10 B:10-20 | A2 m:0-20', ['A'], 'ripple')).toBe('V1 B:0-10 | A2 m:0-20');
});

test('a ripple that would push one clip into another is refused', () => {
  expect(remove('V1 A:0-10 B:10-20 | A2 m:0-12 n:12-20', ['A'], 'ripple')).toBe('would-collide');
});

test('a ripple that would leave the sound of what moves behind on a locked track is refused', () => {
  const film = applyIntent(filmOf('V1 A:0-10 B:10-20 | A1 b:10-20 | A2 m:0-20'), {
    kind: 'switch-track',
    gesture: 'g0' as GestureId,
    sequenceId: notationSequence,
    trackId: trackId('A1'),
    toggle: 'lock',
    isOn: true,
  });
  if (film.kind === 'refused') throw new Error(film.refusal.code);
  const intent = { gesture: 'g' as GestureId, sequenceId: notationSequence, clipIds: [clipId('A')], withLinks: true };
  expect(show(removeClips(film.film, { kind: 'remove', ...intent, mode: 'ripple' }))).toBe('track-locked');
  expect(show(removeClips(film.film, { kind: 'remove', ...intent, mode: 'lift' }))).toBe(
    'V1 B:10-20 | A1 b:10-20 | A2 m:0-20',
  );
});
