import { expect, test } from 'vitest';
import { switchTrack } from './adjust-film.ts';
import { clipId, filmOf, notationSequence, show, takeOf, trackId } from './film-notation.ts';
import type { GestureId } from './ids.ts';
import { type Piece, placeTakes } from './place-takes.ts';
import { frames } from './time.ts';
import { allClips, sequenceOf } from './track.ts';

const x = (change: Partial<Piece> = {}): Piece => ({
  take: takeOf('X'),
  sourceIn: frames(0),
  length: frames(10),
  videoTrackId: trackId('V1'),
  ...change,
});

const place = (notation: string, at: number, mode: 'overwrite' | 'insert', pieces: readonly Piece[]) =>
  placeTakes(filmOf(notation), {
    kind: 'place',
    gesture: 'g' as GestureId,
    sequenceId: notationSequence,
    at: frames(at),
    mode,
    pieces,
  });

test('an overwrite replaces what lies there and leaves the rest of the cut where it was', () => {
  expect(show(place('V1 A:0-48 B:48-96', 43, 'overwrite', [x()]))).toBe('V1 A:0-43 X:43-53 B+5:53-96');
});

test('a take stands in for clips in one edit: they go, wherever they lie, and nothing else moves', () => {
  const film = filmOf('V2 B:100-120 | V1 A:0-48 C:48-96');
  const insteadOf = [clipId('A'), clipId('B')];
  const intent = { kind: 'place', gesture: 'g' as GestureId, sequenceId: notationSequence, at: frames(0) } as const;
  const standIn = { ...intent, mode: 'overwrite', insteadOf, pieces: [x()] } as const;
  expect(show(placeTakes(film, standIn))).toBe('V1 X:0-10 C:48-96');
  expect(show(placeTakes(film, { ...standIn, insteadOf: [clipId('Z')] }))).toBe('no-such-clip');
});

test('an overwrite in the middle of a clip leaves a piece on either side, each showing what it showed', () => {
  expect(show(place('V1 A:0-48', 20, 'overwrite', [x()]))).toBe('V1 A:0-20 X:20-30 A+30:30-48');
});

test('an insert splits the clip under it and pushes everything right, on every track', () => {
  const result = place('V1 A:0-48 B:48-96 | A1 a:0-48 | A2 c:0-96', 24, 'insert', [x()]);
  expect(show(result)).toBe('V1 A:0-24 X:24-34 A+24:34-58 B:58-106 | A1 a:0-24 a+24:34-58 | A2 c:0-24 c+24:34-106');
});

test('an insert leaves a locked track alone, and refuses when that would part a picture from its sound', () => {
  const lock = {
    kind: 'switch-track',
    gesture: 'l' as GestureId,
    sequenceId: notationSequence,
    toggle: 'lock',
    isOn: true,
  } as const;
  const locked = (notation: string, track: string) => {
    const result = switchTrack(filmOf(notation), { ...lock, trackId: trackId(track) });
    if (result.kind === 'refused') throw new Error(result.refusal.code);
    return placeTakes(result.film, {
      kind: 'place',
      gesture: 'g' as GestureId,
      sequenceId: notationSequence,
      at: frames(0),
      mode: 'insert',
      pieces: [x()],
    });
  };
  expect(show(locked('V1 A:0-48 | A2 c:0-96', 'A2'))).toBe('V1 X:0-10 A:10-58 | A2 c:0-96');
  expect(show(locked('V1 A:0-48 | A1 a:0-48', 'A1'))).toBe('track-locked');
});

test('picture and sound of a take land together and are linked', () => {
  const result = place('V1 A:0-48', 48, 'overwrite', [x({ audioTrackId: trackId('A1') })]);
  expect(show(result)).toBe('V1 A:0-48 X:48-58 | A1 x:48-58');
  if (result.kind === 'refused') throw new Error(result.refusal.code);
  const placed = allClips(sequenceOf(result.film, notationSequence)).filter(({ clip }) => clip.takeId === 'X');
  expect(new Set(placed.map(({ clip }) => clip.linkId)).size).toBe(1);
});

test('several takes are laid one after the other and the playhead ends behind the last', () => {
  const result = place('V1 A:0-48', 60, 'overwrite', [x(), x({ take: takeOf('Y'), length: frames(5) })]);
  expect(show(result)).toBe('V1 A:0-48 X:60-70 Y:70-75');
  expect(result).toMatchObject({ playhead: 75 });
});

test.each([
  ['before-start', -1, x()],
  ['end-of-media', 0, x({ sourceIn: frames(195) })],
  ['too-short', 0, x({ length: frames(0) })],
  ['no-such-track', 0, x({ videoTrackId: trackId('V9') })],
  ['no-such-track', 0, x({ videoTrackId: trackId('A1') })],
])('refuses with %s', (code, at, piece) => {
  expect(show(place('V1 A:0-48', at, 'overwrite', [piece]))).toBe(code);
});

test('a take of sound alone cannot lie on a video track', () => {
  const { picture: _, ...sound } = takeOf('X');
  expect(show(place('V1 A:0-48', 0, 'overwrite', [x({ take: sound })]))).toBe('no-picture');
});
