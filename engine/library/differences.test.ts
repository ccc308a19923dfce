import { expect, test } from 'vitest';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeFacts, TakePicture } from '../document/film.ts';
import type { TakeId } from '../document/ids.ts';
import { samples } from '../document/time.ts';
import { canStandIn, differencesBetween } from './differences.ts';

const moving = { kind: 'moving', rate: { num: 24, den: 1 }, frameCount: 48, widthPx: 1920, heightPx: 1080 } as const;
const twoSeconds = { sampleRateHz: 48_000, sampleCount: samples(96_000) };

interface Footage {
  readonly picture?: TakePicture | undefined;
  readonly sound?: TakeFacts['sound'];
  readonly sizeBytes?: number;
  readonly codec?: string;
}

function record(footage: Footage = {}): TakeRecord {
  const { picture, sound, sizeBytes = 1000, codec = 'h264' } = { picture: moving, sound: twoSeconds, ...footage };
  const facts = { ...(picture && { picture }), ...(sound && { sound }) };
  const stream = { streamIndex: 1, codec, channelCount: 2, sampleRateHz: 48_000, startsAtSample: 0 };
  return {
    version: 1,
    facts: { id: 'A' as TakeId, name: 'A', origin: 'imported', ...facts },
    createdAt: '2026-01-01T00:00:00.000Z',
    origin: {
      kind: 'imported',
      file: { absolutePath: '/a.mov', sizeBytes, modifiedMs: 0, sampleHash: String(sizeBytes) },
      media: { container: 'mov', sound: stream },
    },
  };
}

const differences = (footage: Footage) => differencesBetween(record(), record(footage));

test('a file of the same length, size and rate can stand in, however it is coded, and its sound may be cut', () => {
  expect(differences({})).toEqual([]);
  expect(canStandIn([])).toBe(true);
  const graded = differences({ sizeBytes: 9000, codec: 'prores' });
  expect(graded.map(({ of }) => of)).toEqual(['bytes', 'codec']);
  expect(canStandIn(graded)).toBe(true);
  const shorter = differences({ sound: { sampleRateHz: 44_100, sampleCount: samples(44_100) } });
  expect(shorter).toEqual([{ of: 'sound-length', wasSeconds: 2, isSeconds: 1 }]);
  expect(canStandIn(shorter)).toBe(true);
});

test('a sound that a coder padded by a block is the same sound', () => {
  expect(differences({ sound: { sampleRateHz: 48_000, sampleCount: samples(97_024) } })).toEqual([]);
});

test.each<[string, Footage]>([
  ['frames', { picture: { ...moving, frameCount: 24 } }],
  ['rate', { picture: { ...moving, rate: { num: 24_000, den: 1001 } } }],
  ['frame-size', { picture: { ...moving, widthPx: 960, heightPx: 540 } }],
  ['picture', { picture: { kind: 'still', widthPx: 1920, heightPx: 1080 } }],
  ['picture', { picture: undefined }],
  ['sound', { sound: undefined }],
])('a file with another %s cannot stand in: the clips would not fit it', (of, footage) => {
  const told = differences(footage);
  expect(told.map((each) => each.of)).toEqual([of]);
  expect(canStandIn(told)).toBe(false);
});

test('a rate that is written another way is the same rate', () => {
  expect(differences({ picture: { ...moving, rate: { num: 48, den: 2 } } })).toEqual([]);
});
