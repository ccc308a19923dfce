import { expect, test } from 'vitest';
import { adoptFormat, removeTakes, renameFilm, restoreTakes, switchTrack } from './adjust-film.ts';
import type { EditResult } from './edit-result.ts';
import type { Film } from './film.ts';
import { filmOf, notationSequence, takeOf } from './film-notation.ts';
import type { GestureId, TakeId, TrackId } from './ids.ts';
import { placeTakes } from './place-takes.ts';
import { frames } from './time.ts';

const film = filmOf('V1 A:0-48 | A1 a:0-48');
const empty = filmOf('V1');
const base = { gesture: 'g' as GestureId, sequenceId: notationSequence };

function filmAfter(result: EditResult): Film {
  if (result.kind === 'refused') throw new Error(result.refusal.code);
  return result.film;
}

function said(result: EditResult): string {
  return result.kind === 'refused' ? result.refusal.code : 'edited';
}

test('a film is renamed to what is left between the spaces', () => {
  const rename = (name: string) => renameFilm(film, { kind: 'rename-film', gesture: base.gesture, name });
  expect(filmAfter(rename('  海边 ')).name).toBe('海边');
  expect([said(rename('   ')), said(rename(film.name))]).toEqual(['nothing-changes', 'nothing-changes']);
});

test('an empty sequence takes over the format of the first footage; one with clips does not', () => {
  const format = {
    kind: 'adopt-format',
    ...base,
    rate: { num: 30000, den: 1001 },
    widthPx: 1280,
    heightPx: 720,
  } as const;
  expect(filmAfter(adoptFormat(empty, format)).sequences[0]).toMatchObject({ widthPx: 1280, rate: format.rate });
  expect(said(adoptFormat(film, format))).toBe('sequence-not-empty');
});

test.each([
  { widthPx: 8, heightPx: 720 },
  { widthPx: 1280, heightPx: 16386 },
  { widthPx: 1280.5, heightPx: 720 },
  { rate: { num: 1, den: 2 } },
  { rate: { num: 1000, den: 1 } },
])('a format that cannot be exported is not taken over: %o', (change) => {
  const format = { kind: 'adopt-format', ...base, rate: { num: 24, den: 1 }, widthPx: 1280, heightPx: 720 } as const;
  expect(said(adoptFormat(empty, { ...format, ...change }))).toBe('out-of-range');
});

test('each kind of track has its own switches', () => {
  const flip = (trackId: string, toggle: 'lock' | 'hide' | 'mute' | 'solo') =>
    said(switchTrack(film, { kind: 'switch-track', ...base, trackId: trackId as TrackId, toggle, isOn: true }));
  expect(['lock', 'hide', 'mute', 'solo'].map((toggle) => flip('v1', toggle as 'lock'))).toEqual([
    'edited',
    'edited',
    'no-such-track',
    'no-such-track',
  ]);
  expect(['lock', 'hide', 'mute', 'solo'].map((toggle) => flip('a1', toggle as 'lock'))).toEqual([
    'edited',
    'no-such-track',
    'edited',
    'edited',
  ]);
});

test('a take in the cut stays in the bin; one thrown out comes back when it is placed or wanted again', () => {
  const remove = (of: Film, id: string) =>
    removeTakes(of, { kind: 'remove-takes', gesture: base.gesture, takeIds: [id as TakeId] });
  expect(said(remove(film, 'A'))).toBe('take-in-use');
  const without = filmAfter(remove(film, 'X'));
  expect(without.removedTakes).toEqual(['X']);
  expect(said(remove(without, 'X'))).toBe('nothing-changes');
  const piece = { take: takeOf('X'), sourceIn: frames(0), length: frames(10), videoTrackId: 'v2' as TrackId };
  const placed = placeTakes(without, { kind: 'place', ...base, at: frames(0), mode: 'overwrite', pieces: [piece] });
  expect(filmAfter(placed).removedTakes).toEqual([]);
  const restore = (of: Film) =>
    restoreTakes(of, { kind: 'restore-takes', gesture: base.gesture, takeIds: ['A' as TakeId, 'X' as TakeId] });
  expect(filmAfter(restore(without)).removedTakes).toEqual([]);
  expect(said(restore(film))).toBe('nothing-changes');
});
