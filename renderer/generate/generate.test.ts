import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filmOf } from '../../engine/document/film-notation.ts';
import { frames } from '../../engine/document/time.ts';
import { allClips } from '../../engine/document/track.ts';
import { mainSequence } from '../state/project.ts';
import { readWords, standInPack } from '../testing/stand-in/shots.ts';
import { landingFor, landingInsteadOf } from './landing.ts';
import { carryMarks, piecesOf } from './prompt-marks.ts';
import { lengthChoices, nameOfShot, requestFrom, sizeChoices } from './shot-draft.ts';

const landing = (notation: string, playhead: number, wanted = 48) => {
  const found = landingFor(mainSequence(filmOf(notation)), frames(playhead), frames(wanted));
  return found && (found.kind === 'locked' ? 'locked' : `${found.kind} ${found.at}+${found.length}`);
};

test('a shot lands in the gap under the playhead, else behind the last clip, and never over one', () => {
  expect(landing('', 0)).toBe('at-playhead 0+48');
  expect(landing('V1 A:0-100', 100)).toBe('at-playhead 100+48');
  expect(landing('V1 A:0-100', 40)).toBe('appended 100+48');
  expect(landing('V1 A:0-100 B:300-400', 150)).toBe('at-playhead 150+48');
  expect(landing('V1 A:0-100 B:300-400', 280)).toBe('moved-to-fit 252+48');
  expect(landing('V1 A:0-100 B:120-400', 110)).toBe('fills-gap 100+20');
  expect(landing('V2 C:0-500 | V1 A:0-100', 200)).toBe('appended 100+48');
});

test('a landing covers no clip, wherever the playhead is', () => {
  const film = 'V1 A:10-60 B:80-140 C:150-190';
  const { clips } = mainSequence(filmOf(film)).tracks[0] ?? { clips: [] };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 190 }), fc.integer({ min: 1, max: 120 }), (playhead, wanted) => {
      const found = landingFor(mainSequence(filmOf(film)), frames(playhead), frames(wanted));
      if (!found || found.kind === 'locked') throw new Error('no landing');
      const out = found.at + found.length;
      for (const clip of clips) expect(clip.recordIn >= out || clip.recordOut <= found.at).toBe(true);
    }),
  );
});

test('lengths are sequence frames: two seconds of a 12-frame pack are 48 frames at 24', () => {
  const choices = lengthChoices(standInPack, { num: 24, den: 1 });
  expect(choices[0]).toEqual({ frameCount: 9, length: 18 });
  expect(choices.at(-1)).toEqual({ frameCount: 49, length: 98 });
  expect(choices).toHaveLength(11);
});

test('a request takes the pack’s defaults for what was not chosen, and a kept seed', () => {
  const draft = { prompt: '  a red boat ', seed: { kind: 'kept', seed: 7 }, steps: 8 } as const;
  expect(requestFrom(draft, standInPack, { widthPx: 1920, heightPx: 1080 })).toMatchObject({
    prompt: 'a red boat',
    seed: 7,
    steps: 8,
    guidanceScale: 4,
    frameCount: 25,
  });
  const seeded = requestFrom(
    { prompt: 'x', seed: { kind: 'random' } },
    standInPack,
    { widthPx: 1, heightPx: 1 },
    () => 9,
  );
  expect(seeded.seed).toBe(9);
});

test('a shot has the size that its pack makes for the shape of the sequence', () => {
  const sizes = [
    { widthPx: 288, heightPx: 160 },
    { widthPx: 160, heightPx: 288 },
  ];
  const draft = { prompt: 'x', seed: { kind: 'random' } } as const;
  const upright = requestFrom(draft, { ...standInPack, sizes }, { widthPx: 1080, heightPx: 1920 });
  expect(upright).toMatchObject({ widthPx: 160, heightPx: 288 });
});

test('another size can be chosen, and is let go of with a pack that does not make it', () => {
  const sizes = [
    { widthPx: 256, heightPx: 160 },
    { widthPx: 192, heightPx: 192 },
  ];
  const draft = { prompt: 'x', seed: { kind: 'random' }, size: { widthPx: 192, heightPx: 192 } } as const;
  const wide = { widthPx: 1920, heightPx: 1080 };
  expect(requestFrom(draft, { ...standInPack, sizes }, wide)).toMatchObject({ widthPx: 192, heightPx: 192 });
  expect(requestFrom(draft, standInPack, wide)).toMatchObject({ widthPx: 256, heightPx: 160 });
});

test('shapes are called as people call them, and by their pixels where nobody does', () => {
  const sizes = [
    [512, 288],
    [288, 160], // in steps of 32 pixels
    [160, 288],
    [256, 160],
    [192, 192],
    [320, 96],
  ].map(([widthPx = 0, heightPx = 0]) => ({ widthPx, heightPx }));
  expect(sizeChoices({ sizes }).map(({ ratio }) => ratio)).toEqual(['16:9', '16:9', '9:16', '16:10', '1:1', undefined]);
});

test('a shot is called by its first sentence', () => {
  expect(nameOfShot('A red boat drifts. Slowly.')).toBe('A red boat drifts');
  expect(nameOfShot('夜晚，一只红色的船。月亮')).toBe('夜晚，一只红色的船');
  expect([...nameOfShot('x'.repeat(300))]).toHaveLength(60);
});

test('the pieces of a marked prompt are the prompt', () => {
  fc.assert(
    fc.property(fc.string(), (prompt) => {
      const pieces = piecesOf(prompt, readWords(prompt).words);
      expect(pieces.map((piece) => piece.text).join('')).toBe(prompt);
    }),
  );
});

test('while the pack reads on, words away from the change keep their marks', () => {
  const before = 'a red boat at night';
  const carried = (after: string) => {
    const words = carryMarks(before, readWords(before).words, after);
    return words.map(({ start, end, mark }) => `${after.slice(start, end)}:${mark}`);
  };
  expect(carried('a red bright boat at night')).toEqual(['a:filler', 'red:known', 'at:filler', 'night:known']);
  expect(carried(before)).toHaveLength(5);
});

test('a shot that stands in for another begins where that did, on its track, and covers nothing else', () => {
  const sequence = mainSequence(filmOf('V2 F:10-20 F:30-40 C:50-60 | V1 A:0-4'));
  const of = (names: readonly string[]) => allClips(sequence).filter(({ clip }) => names.includes(clip.id));
  const onV2 = of(['F', 'F2']).toReversed();
  const at = { kind: 'instead', trackId: 'v2', at: 10 };
  expect(landingInsteadOf(sequence, onV2, frames(25))).toEqual({ ...at, length: 25 });
  expect(landingInsteadOf(sequence, onV2, frames(99))).toEqual({ ...at, length: 40 });
  expect(landingInsteadOf(sequence, [], frames(9))).toBeUndefined();
});
