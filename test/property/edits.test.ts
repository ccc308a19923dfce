import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filmSchema } from '../../engine/contract/film-schema.ts';
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
const { SHOTLOOM_PROPERTY_RUNS, SHOTLOOM_SEED } = process.env;
const sittings = Number(SHOTLOOM_PROPERTY_RUNS ?? 10_000);
const given = SHOTLOOM_SEED === undefined ? {} : { seed: Number(SHOTLOOM_SEED) };

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
    'restore-takes',
  ),
  pick: fc.nat(40),
  also: fc.nat(40),
  by: fc.integer({ min: -60, max: 60 }),
  at: fc.nat(200),
  flag: fc.boolean(),
  links: fc.boolean(),
  side: fc.integer({ min: -1, max: 1 }),
});

// 10,000 sittings take about 20 seconds of one core (2 ms each, measured on an EPYC).
test('no sequence of edits can damage a cut, and undo and redo give back the very same film', {
  timeout: 180_000 + sittings * 20,
}, () => {
  fc.assert(fc.property(fc.array(gesture, { minLength: 1, maxLength: 12 }), checkSitting), {
    numRuns: sittings,
    ...given,
  });
});

interface Sitting {
  readonly films: readonly Film[];
  readonly intents: readonly Intent[];
  readonly history: History;
}

/** One look at the whole of a sitting at its end: `expect` itself would cost more than the edits. */
function checkSitting(gestures: readonly Gesture[]): void {
  const faults: string[] = [];
  const sitting = sitThrough(gestures, faults);
  expect(faults).toEqual([]);
  checkHistory(sitting);
  checkJournal(sitting);
  checkFile(sitting);
}

function sitThrough(gestures: readonly Gesture[], faults: string[]): Sitting {
  const films: Film[] = [start];
  const intents: Intent[] = [];
  let history: History = historyOf(start);
  for (const [index, each] of gestures.entries()) {
    const before = history.present;
    const intent = intentOf(before, each, index);
    const result = intent && applyIntent(before, intent);
    if (!intent || result?.kind !== 'edited') continue;
    faults.push(...brokenInvariants(result.film), ...doubleLinks(result.film));
    if (each.links || intent.kind !== 'move') faults.push(...newSlips(before, result.film));
    history = commit(history, intent, result.film);
    films.push(result.film);
    intents.push(intent);
  }
  return { films, intents, history };
}

/** Undoing everything, one edit at a time, passes through every earlier film, and redoing through every later one. */
function checkHistory({ films, intents, history }: Sitting): void {
  const texts = films.map((film) => JSON.stringify(film));
  const walk = (from: History, step: (history: History) => History) => {
    const passed = [from];
    for (const _ of intents) passed.push(step(passed.at(-1) ?? from));
    return passed;
  };
  const undone = walk(history, undo);
  const redone = walk(undone.at(-1) ?? history, redo);
  expect(undone.map(({ present }) => JSON.stringify(present))).toEqual(texts.toReversed());
  expect(redone.map(({ present }) => JSON.stringify(present))).toEqual(texts);
}

/** What the journal holds leads to the same film by its patches and by its intents, and its undo lines lead back. */
function checkJournal({ films, intents }: Sitting): void {
  const last = fingerprint(films.at(-1));
  const pairs = films.slice(1).map((after, index) => [films[index] ?? after, after] as const);
  const patches = pairs.map(([before, after]) => asJournalled(diff(before, after)));
  const undos = pairs.map(([before, after]) => asJournalled(diff(after, before)));
  expect(patches.concat(undos).filter((patch) => patch.length === 0)).toEqual([]);
  const forward = patches.reduce(applyPatch, start);
  expect(fingerprint(forward)).toBe(last);
  expect(fingerprint(undos.reduceRight(applyPatch, forward))).toBe(fingerprint(start));
  const again = intents.map(asJournalled).reduce((film, intent) => {
    const result = applyIntent(film, intent);
    return result.kind === 'edited' ? result.film : film;
  }, start);
  expect(fingerprint(again)).toBe(last);
}

/** A film that was edited can be saved and opened. */
function checkFile({ films }: Sitting): void {
  const film = films.at(-1);
  const opened = filmSchema.safeParse(asJournalled(film));
  expect(opened.error?.issues).toBeUndefined();
  expect(opened.data).toEqual(film);
}

function asJournalled<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

/** A picture and its linked sound that were in sync, and play together, stay in sync through every edit that keeps links. */
function newSlips(before: Film, after: Film): string[] {
  const slippedBefore = new Set(
    linkedPairs(before)
      .filter(isSlipped)
      .map(([picture]) => picture.takeId),
  );
  return linkedPairs(after)
    .filter(([picture, sound]) => picture.recordIn < sound.recordOut && sound.recordIn < picture.recordOut)
    .filter((pair) => isSlipped(pair) && !slippedBefore.has(pair[0].takeId))
    .map(([picture]) => `${picture.takeId} came out of sync`);
}

/** A link joins one picture and one sound: clips that an edit cut apart can be moved apart. */
function doubleLinks(film: Film): string[] {
  const clips = allClips(sequenceOf(film, notationSequence)).map(({ clip }) => clip);
  const ends = clips.flatMap(({ kind, linkId }) => (linkId === undefined ? [] : `${kind} of link ${linkId}`));
  return ends.filter((end, index) => ends.indexOf(end) < index).map((end) => `more than one ${end}`);
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
    case 'restore-takes':
      return { kind: 'restore-takes', gesture: gestureId, takeIds: [picked.takeId] };
    default:
      return { kind: 'remove-takes', gesture: gestureId, takeIds: [picked.takeId] };
  }
}
