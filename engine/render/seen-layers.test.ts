import { expect, test } from 'vitest';
import type { Film, Framing } from '../document/film.ts';
import { filmOf, notationSequence } from '../document/film-notation.ts';
import { compilePlan } from './plan.ts';
import { seenLayers } from './seen-layers.ts';

/** Letters of the seen layers of the first frame, from the bottom up. */
function seen(film: Film, canShow: Parameters<typeof seenLayers>[2] = () => 'opaque'): string {
  const plan = compilePlan(film, notationSequence);
  const span = plan.spans[0] ?? expect.fail('an empty plan');
  return seenLayers(plan, span, canShow)
    .map(({ layer, alpha }) => (alpha === 255 ? layer.takeId : `${layer.takeId}@${alpha}`))
    .join(' ');
}

const stacked = filmOf('V2 B:0-10 | V1 A:0-10');

function framed(framing: Partial<Framing>): Film {
  return {
    ...stacked,
    sequences: stacked.sequences.map((sequence) => ({
      ...sequence,
      tracks: sequence.tracks.map((track) =>
        track.kind === 'video' && track.id === 'v2'
          ? { ...track, clips: track.clips.map((clip) => ({ ...clip, framing: { ...clip.framing, ...framing } })) }
          : track,
      ),
    })),
  };
}

test('a picture that covers the frame hides what lies behind it', () => {
  expect(seen(stacked)).toBe('B');
});

test('what is behind a smaller, moved or half transparent picture is seen', () => {
  expect(seen(framed({ scale: 0.5 }))).toBe('A B');
  expect(seen(framed({ xPx: 1 }))).toBe('A B');
  expect(seen(framed({ opacity: 0.5 }))).toBe('A B@128');
});

test('what lies outside the frame, or has no frames yet, is not drawn and hides nothing', () => {
  expect(seen(framed({ xPx: 5000 }))).toBe('A');
  expect(seen(framed({ opacity: 0.001 }))).toBe('A');
  expect(seen(stacked, ({ takeId }) => (takeId === 'B' ? 'nothing' : 'opaque'))).toBe('A');
});

test('a picture with holes in it lets the one behind show', () => {
  expect(seen(stacked, () => 'transparent')).toBe('A B');
});
