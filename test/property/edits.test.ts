import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clip, Film } from '../../engine/document/film.ts';
import { filmOf, notationSequence, takeOf } from '../../engine/document/film-notation.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';
import { commit, type History, historyOf, redo, undo } from '../../engine/document/history.ts';
import type { GestureId, TrackId } from '../../engine/document/ids.ts';
import { applyIntent, type Intent } from '../../engine/document/intent.ts';
import { brokenInvariants } from '../../engine/document/invariants.ts';
import { applyPatch, diff } from '../../engine/document/patch.ts';
import { frames } from '../../engine/document/time.ts';
import { allClips, sequenceOf } from '../../engine/document/track.ts';

// 10,000 random sittings at the timeline. `npm run campaign` runs the same with more; a seed that fails is printed by
// fast-check and belongs in `examples` below once its bug is mended.
const sittings = Number(process.env.SHOTLOOM_PROPERTY_RUNS ?? 10_000);

const start = filmOf('V2 C:30-60 | V1 A:0-48 B:48-96 D+20:120-150 | A1 a:0-48 b:48-96 | A2 e:0-140');

/** An intent with its choices still open: which clip, which track, is decided against the film it meets. */
interface Gesture {
  readonly tool: Intent['kind'];
  readonly pick: number;
  readonly also: number;
  readonly by: number;
  readonly at: number;
  readonly flag: boolean;
  readonly links: boolean;
  readonly side: number;
}

const gesture: fc.Arbitrary<Gesture> = fc.record({
  tool: fc.constantFrom(
    'place',
    'move',
    'trim',
    'split',
    'remove',
    'set-framing',
    'set-gain',
    'switch-track',
    'remove-takes',
  ),
  pick: fc.nat(40),
  also: fc.nat(40),
  by: fc.integer({ min: -60, max: 60 }),
  at: fc.nat(200),
  flag: fc.boolean(),
  links: fc.boolean(),
  side: fc.integer({ min: -1, max: 1 }),
});

test('no sequence of edits can damage a cut, and undo and redo give back the very same film', () => {
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 1, maxLength: 12 }), (gestures) => {
      const films: Film[] = [start];
      let history: History = historyOf(start);
      for (const [index, each] of gestures.entries()) {
        const intent = intentOf(history.present, each, index);
        const result = intent && applyIntent(history.present, intent);
        if (result?.kind !== 'edited') continue;
        checkEdit(history.present, result.film, intent as Intent, each);
        history = commit(history, intent as Intent, result.film);
        films.push(result.film);
      }
      for (const film of films.slice(0, -1).reverse()) {
        history = undo(history);
        expect(JSON.stringify(history.present)).toBe(JSON.stringify(film));
      }
      for (const film of films.slice(1)) {
        history = redo(history);
        expect(JSON.stringify(history.present)).toBe(JSON.stringify(film));
      }
    }),
    { numRuns: sittings },
  );
});

function checkEdit(before: Film, after: Film, intent: Intent, { links }: Gesture): void {
  expect(brokenInvariants(after)).toEqual([]);
  expect(diff(before, after).length).toBeGreaterThan(0);
  const journalled = applyPatch(before, JSON.parse(JSON.stringify(diff(before, after))));
  expect(fingerprint(journalled)).toBe(fingerprint(after));
  const again = applyIntent(before, JSON.parse(JSON.stringify(intent)) as Intent);
  expect(again.kind === 'edited' && fingerprint(again.film)).toBe(fingerprint(after));
  if (links || intent.kind !== 'move') expectNoNewSlip(before, after);
}

/** A picture and its linked sound that were in sync, and play together, stay in sync through every edit that keeps links. */
function expectNoNewSlip(before: Film, after: Film): void {
  const slippedBefore = new Set(
    linkedPairs(before)
      .filter(isSlipped)
      .map(([picture]) => picture.takeId),
  );
  for (const [picture, sound] of linkedPairs(after)) {
    const areHeardTogether = picture.recordIn < sound.recordOut && sound.recordIn < picture.recordOut;
    if (areHeardTogether && isSlipped([picture, sound])) expect(slippedBefore).toContain(picture.takeId);
  }
}

function linkedPairs(film: Film): [Clip, Clip][] {
  const clips = allClips(sequenceOf(film, notationSequence)).map(({ clip }) => clip);
  const sounds = clips.filter((clip) => clip.kind === 'sound');
  const pictures = clips.filter((clip) => clip.kind === 'picture' && clip.linkId !== undefined);
  return pictures.flatMap((a) => sounds.filter((b) => b.linkId === a.linkId).map((b): [Clip, Clip] => [a, b]));
}

function isSlipped([picture, sound]: [Clip, Clip]): boolean {
  return picture.recordIn - picture.sourceIn !== sound.recordIn - sound.sourceIn;
}

function intentOf(film: Film, choice: Gesture, index: number): Intent | undefined {
  const gestureId = `g${index}` as GestureId;
  const base = { gesture: gestureId, sequenceId: notationSequence };
  const clips = allClips(sequenceOf(film, notationSequence)).map(({ clip }) => clip);
  const picked = clips[choice.pick % Math.max(1, clips.length)];
  const second = clips[choice.also % Math.max(1, clips.length)];
  if (choice.tool === 'place') {
    const take = takeOf('XYZ'[choice.pick % 3] ?? 'X');
    const length = frames(1 + (choice.also % 40));
    const video = `v${1 + (choice.pick % 2)}` as TrackId;
    const audio = `a${1 + (choice.also % 2)}` as TrackId;
    const tracks = choice.links
      ? { videoTrackId: video, audioTrackId: audio }
      : choice.flag
        ? { videoTrackId: video }
        : { audioTrackId: audio };
    const piece = { take, sourceIn: frames(choice.at % 100), length, ...tracks };
    return {
      kind: 'place',
      ...base,
      at: frames(choice.at),
      mode: choice.flag ? 'insert' : 'overwrite',
      pieces: [piece],
    };
  }
  if (choice.tool === 'switch-track') {
    const track = (['v1', 'v2', 'a1', 'a2'] as const)[choice.pick % 4] ?? 'v1';
    const toggle = track.startsWith('v')
      ? (['lock', 'hide'] as const)[choice.also % 2]
      : (['lock', 'mute', 'solo'] as const)[choice.also % 3];
    return { kind: 'switch-track', ...base, trackId: track as TrackId, toggle: toggle ?? 'lock', isOn: choice.flag };
  }
  if (!picked || !second) return undefined;
  const clipIds = choice.flag && second !== picked ? [picked.id, second.id] : [picked.id];
  const withLinks = choice.links;
  switch (choice.tool) {
    case 'move':
      return {
        kind: 'move',
        ...base,
        clipIds,
        byFrames: frames(choice.by),
        byVideoTracks: choice.side,
        byAudioTracks: -choice.side,
        mode: choice.also % 2 ? 'insert' : 'overwrite',
        withLinks,
      };
    case 'trim':
      return {
        kind: 'trim',
        ...base,
        clipIds,
        edge: choice.also % 2 ? 'in' : 'out',
        byFrames: frames(choice.by),
        withLinks,
      };
    case 'split':
      return { kind: 'split', ...base, clipIds: clips.map((clip) => clip.id), at: frames(choice.at), withLinks };
    case 'remove':
      return { kind: 'remove', ...base, clipIds, mode: choice.also % 2 ? 'ripple' : 'lift', withLinks };
    case 'set-framing':
      return { kind: 'set-framing', ...base, clipIds, framing: { xPx: choice.by, opacity: choice.at / 200 } };
    case 'set-gain':
      return { kind: 'set-gain', ...base, clipIds, gainDb: choice.by };
    default:
      return { kind: 'remove-takes', gesture: gestureId, takeIds: [picked.takeId] };
  }
}
