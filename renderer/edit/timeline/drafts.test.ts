import { expect, test } from 'vitest';
import type { TakeFacts } from '../../../engine/document/film.ts';
import { clipId, filmOf, show, takeOf, trackId } from '../../../engine/document/film-notation.ts';
import type { GestureId, TakeId } from '../../../engine/document/ids.ts';
import { frames, samples } from '../../../engine/document/time.ts';
import { mainSequence } from '../../state/project.ts';
import { draftMove } from './draft-move.ts';
import { draftPlace } from './draft-place.ts';
import { draftTrim } from './draft-trim.ts';
import type { GestureDraft, Ground, Manner } from './gesture.ts';
import { hitTest } from './hit-test.ts';
import { laneNear, lanesOf } from './lanes.ts';

const plain: Manner = {
  gesture: 'g' as GestureId,
  isSnapping: false,
  withLinks: true,
  mode: 'overwrite',
  keepsTrack: false,
};
const snapping: Manner = { ...plain, isSnapping: true };

function groundOf(notation: string, playhead = 0): Ground {
  const film = filmOf(notation);
  const sequence = mainSequence(film);
  const scale = { pxPerFrame: 1, scrollPx: 0 };
  return { film, sequence, lanes: lanesOf(sequence, 'large'), scale, playhead: frames(playhead) };
}

const move = (ground: Ground, clips: string, byFrames: number, manner = plain, to?: string): GestureDraft => {
  const clipIds = clips.split(' ').map(clipId);
  const grabbed = clipIds[0] ?? clipId('A');
  const trackTo = to ? { trackId: trackId(to) } : {};
  return draftMove(ground, { kind: 'move', clipIds, grabbed }, { byFrames: frames(byFrames), ...trackTo }, manner);
};
const keyOf = ({ words }: GestureDraft) => (words && 'key' in words ? words.key : undefined);
const shown = (draft: GestureDraft) => (draft.film ? show(draft.film) : undefined);

test('what a drag will cover is seen before it is dropped, and said in words', () => {
  const draft = move(groundOf('V1 A:0-48 B:60-96'), 'A', 30);
  expect(shown(draft)).toBe('V1 A:30-78 B+18:78-96');
  expect(keyOf(draft)).toBe('drag.overwrite');
  expect(keyOf(move(groundOf('V1 A:0-48 B:60-96'), 'A', 5))).toBe('drag.place');
  expect(keyOf(move(groundOf('V1 A:0-48'), 'A', 5, { ...plain, mode: 'insert' }))).toBe('drag.insert');
});

test('a picture takes its sound along; Alt moves one half', () => {
  const ground = groundOf('V1 A:0-48 | A1 a:0-48');
  expect(shown(move(ground, 'A', 12))).toBe('V1 A:12-60 | A1 a:12-60');
  expect(shown(move(ground, 'A', 12, { ...plain, withLinks: false }))).toBe('V1 A:12-60 | A1 a:0-48');
});

test('an edge is pulled to the nearest cut within eight pixels, whichever end it is', () => {
  const ground = groundOf('V1 A:0-48 B:100-148');
  const near = move(ground, 'A', 46, snapping);
  expect(near.snapLine).toBe(100);
  expect(shown(near)).toBe('V1 A:52-100 B:100-148');
  expect(move(ground, 'A', 30, snapping).snapLine).toBeUndefined();
  expect(move(groundOf('V1 A:0-48', 33), 'A', 30, snapping).snapLine).toBe(33);
});

test('a group stops at the start of the film and at the last track', () => {
  const ground = groundOf('V1 A:10-20 B:30-40');
  expect(shown(move(ground, 'B A', -50))).toBe('V1 A:0-10 B:20-30');
  expect(shown(move(ground, 'A', 0, plain, 'V2'))).toBe('V1 B:30-40 | V2 A:10-20');
  const both = groundOf('V2 C:0-10 | V1 A:0-10');
  expect(move(both, 'A C', 5, plain, 'V2').intent).toMatchObject({ byVideoTracks: 0, byFrames: 5 });
});

test('with Shift the track is kept', () => {
  const draft = move(groundOf('V1 A:10-20'), 'A', 3, { ...plain, keepsTrack: true }, 'V2');
  expect(shown(draft)).toBe('V1 A:13-23');
});

test('a trim stops where the media ends and says so', () => {
  const ground = groundOf('V1 A:0-190');
  const draft = draftTrim(ground, { kind: 'trim', clipId: clipId('A'), edge: 'out' }, frames(50), plain);
  expect(shown(draft)).toBe('V1 A:0-200');
  expect(draft).toMatchObject({ offset: 10, words: { key: 'drag.endOfMedia' } });
  const free = draftTrim(ground, { kind: 'trim', clipId: clipId('A'), edge: 'out' }, frames(-50), plain);
  expect(shown(free)).toBe('V1 A:0-140');
  expect(free.words).toBeUndefined();
});

test('a trimmed edge snaps to the playhead', () => {
  const ground = groundOf('V1 A:0-100', 60);
  const draft = draftTrim(ground, { kind: 'trim', clipId: clipId('A'), edge: 'out' }, frames(-37), snapping);
  expect(shown(draft)).toBe('V1 A:0-60');
  expect(draft.snapLine).toBe(60);
});

const place = (ground: Ground, takes: readonly TakeFacts[], at: number, to: string, manner = plain) =>
  draftPlace(ground, takes, { at: frames(at), trackId: trackId(to) }, manner);

test('a take dropped on a picture track brings its sound to the track of the same number', () => {
  expect(shown(place(groundOf('V1 A:0-50'), [takeOf('X')], 60, 'V1'))).toBe('V1 A:0-50 X:60-260 | A1 x:60-260');
  expect(shown(place(groundOf(''), [takeOf('X')], 0, 'A2'))).toBe('V2 X:0-200 | A2 x:0-200');
  expect(shown(place(groundOf(''), [takeOf('X')], 0, 'V1', { ...plain, withLinks: false }))).toBe('V1 X:0-200');
});

test('Mod pushes what lies there to the right', () => {
  const draft = place(groundOf('V1 A:0-50 B:50-80'), [takeOf('X')], 50, 'V1', { ...plain, mode: 'insert' });
  expect(shown(draft)).toBe('V1 A:0-50 X:50-250 B:250-280 | A1 x:50-250');
});

test('sound alone is turned away from a picture track, in words', () => {
  const sound: TakeFacts = {
    id: 'M' as TakeId,
    name: 'M',
    origin: 'imported',
    sound: { sampleRateHz: 48000, sampleCount: samples(96000) },
  };
  expect(place(groundOf(''), [sound], 0, 'V1')).toMatchObject({ isRefused: true, words: { key: 'drag.noPicture' } });
  expect(shown(place(groundOf(''), [sound], 0, 'A1'))).toBe('A1 m:0-48');
});

test('only the clips just laid are lifted, not the tail they cut off', () => {
  const draft = place(groundOf('V1 A:0-200'), [{ ...takeOf('X'), sound: undefined } as unknown as TakeFacts], 0, 'V1');
  expect(draft.lifted).toHaveLength(1);
});

test('the pointer finds bodies, edges and gaps', () => {
  const ground = groundOf('V1 A:0-100 B:100-104');
  const y = (ground.lanes.find((lane) => lane.label === 'V1')?.topPx ?? 0) + 5;
  const at = (x: number) => {
    const hit = hitTest(ground, x, y);
    return hit.kind === 'clip' ? `${hit.clip.id} ${hit.part}` : hit.kind;
  };
  expect([2, 50, 95, 101, 103.9, 130].map(at)).toEqual(['A in', 'A body', 'A out', 'B body', 'B body', 'lane']);
  expect(hitTest(ground, 10, 9999).kind).toBe('nowhere');
});

test('a drag that slips off the lanes stays on the nearest one', () => {
  const { lanes } = groundOf('');
  expect(laneNear(lanes, -50)?.label).toBe('V2');
  expect(laneNear(lanes, 9999)?.label).toBe('A2');
  expect(laneNear(lanes, 9999, 'video')?.label).toBe('V1');
});
