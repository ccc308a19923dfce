import { expect, test } from 'vitest';
import { filmOf, notationSequence } from '../document/film-notation.ts';
import type { ClipId, GestureId } from '../document/ids.ts';
import { applyIntent } from '../document/intent.ts';
import { frames } from '../document/time.ts';
import { filmSchema, intentSchema } from './film-schema.ts';
import { newProjectSchema } from './project.ts';

const film = filmOf('V1 A:0-48 B:48-96 | A1 a:0-48');
const split = (gesture: string) => ({
  kind: 'split' as const,
  gesture: gesture as GestureId,
  sequenceId: notationSequence,
  at: frames(10),
  clipIds: ['A' as ClipId],
  withLinks: true,
});

test('a film that an accepted gesture leads to can be saved and opened, whatever the gesture is called', () => {
  for (const length of [1, 44, 56]) {
    const intent = intentSchema.parse(split('g'.repeat(length)));
    const result = applyIntent(film, intent);
    if (result.kind === 'refused') throw new Error(result.refusal.code);
    expect(filmSchema.parse(JSON.parse(JSON.stringify(result.film)))).toEqual(result.film);
  }
  expect(intentSchema.safeParse(split('g'.repeat(57))).success).toBe(false);
});

test('what no clip, track or id can be is refused', () => {
  const text = JSON.stringify(film);
  for (const [good, bad] of [
    ['"scale":1', '"scale":0'],
    ['"opacity":1', '"opacity":2'],
    ['"gainDb":0', '"gainDb":99'],
    ['"recordIn":48', '"recordIn":48.5'],
    ['"id":"A"', '"id":"../A"'],
    ['"kind":"picture"', '"kind":"sound"'],
    ['"num":24', '"num":0'],
    ['"version":1', '"version":2'],
  ] as const) {
    expect(text, good).toContain(good);
    expect(filmSchema.safeParse(JSON.parse(text.replace(good, bad))).success, bad).toBe(false);
  }
});

test('a new film has a format that it can be exported in', () => {
  const project = { folder: '/films/one', name: 'One', language: 'en' };
  expect(newProjectSchema.safeParse({ ...project, widthPx: 1920, rate: { num: 24000, den: 1001 } }).success).toBe(true);
  for (const wrong of [
    { widthPx: 8 },
    { heightPx: 16386 },
    { rate: { num: 1, den: 2 } },
    { rate: { num: 241, den: 1 } },
  ]) {
    expect(newProjectSchema.safeParse({ ...project, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
  }
});
