import { expect, test } from 'vitest';
import { switchTrack } from '../document/adjust-film.ts';
import type { Film } from '../document/film.ts';
import { filmOf, notationSequence, trackId } from '../document/film-notation.ts';
import type { GestureId, TakeId } from '../document/ids.ts';
import { frames } from '../document/time.ts';
import { compilePlan, layerFrame, type RenderPlan, spanAt } from './plan.ts';

const planOf = (film: Film | string) => compilePlan(typeof film === 'string' ? filmOf(film) : film, notationSequence);

/** `0-10 A`, bottom layer first, with the take frame each layer starts on. */
const show = (plan: RenderPlan) =>
  plan.spans.map((span) =>
    `${span.in}-${span.out} ${span.layers.map((layer) => `${layer.takeId}+${layer.sourceIn}`).join(' ')}`.trim(),
  );

test('a plan is cut wherever what is seen changes, and a gap is black', () => {
  expect(show(planOf('V2 C:20-30 | V1 A:0-48 B:60-70'))).toEqual([
    '0-20 A+0',
    '20-30 A+20 C+0',
    '30-48 A+30',
    '48-60',
    '60-70 B+0',
  ]);
});

test('sound after the last picture holds the sequence open', () => {
  expect(show(planOf('V1 A:0-10 | A2 m:0-30'))).toEqual(['0-10 A+0', '10-30']);
});

test('a hidden track shows nothing, a muted one is silent, and solo silences the others', () => {
  const film = filmOf('V2 C:0-10 | V1 A:0-10 | A1 a:0-10 | A2 m:0-10');
  const toggled = (track: string, toggle: 'hide' | 'mute' | 'solo') => {
    const result = switchTrack(film, {
      kind: 'switch-track',
      gesture: 'g' as GestureId,
      sequenceId: notationSequence,
      trackId: trackId(track),
      toggle,
      isOn: true,
    });
    if (result.kind === 'refused') throw new Error(result.refusal.code);
    return planOf(result.film);
  };
  expect(show(toggled('V2', 'hide'))).toEqual(['0-10 A+0']);
  expect(toggled('A1', 'mute').sounds.map((sound) => sound.takeId)).toEqual(['M']);
  expect(toggled('A1', 'solo').sounds.map((sound) => sound.takeId)).toEqual(['A']);
});

test('a layer shows frames by the floor rule and holds its last one', () => {
  const film = filmOf('V1 A+10:5-48');
  const half = { kind: 'moving' as const, rate: { num: 12, den: 1 }, frameCount: 20, widthPx: 64, heightPx: 64 };
  const take = film.takes['A' as TakeId];
  if (!take) throw new Error('no take A');
  const plan = planOf({ ...film, takes: { ['A' as TakeId]: { ...take, picture: half } } });
  const shown = [5, 6, 7, 8, 46, 47].map((at) => {
    const span = spanAt(plan, frames(at));
    const layer = span?.layers[0];
    return span && layer ? layerFrame(plan, span, layer, frames(at)) : undefined;
  });
  expect(shown).toEqual([5, 5, 6, 6, 19, 19]);
});

test('outside the sequence there is no span', () => {
  const plan = planOf('V1 A:0-10');
  expect(spanAt(plan, frames(-1))).toBeUndefined();
  expect(spanAt(plan, frames(10))).toBeUndefined();
});
