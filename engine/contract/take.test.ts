import { expect, test } from 'vitest';
import { takeRecordSchema } from './take.ts';

const facts = {
  ...{ id: 'take-1', name: 'Boat', origin: 'generated' },
  picture: { kind: 'moving', rate: { num: 12, den: 1 }, frameCount: 17, widthPx: 288, heightPx: 160 },
};
const recipe = {
  ...{ task: 'text', prompt: 'a boat', packId: 'loom-mini', frameCount: 17, widthPx: 288, heightPx: 160 },
  ...{ seed: 7, steps: 8, guidanceScale: 2.5, packName: 'Loom Mini', packVersion: '0.2.0', packHash: '' },
  ...{ understood: [], ignored: [], provider: 'cpu', appVersion: '0.1.0', secondsSpent: 1 },
};
const recordOf = (file: string) => ({
  ...{ version: 1, facts, createdAt: '2026-11-21T00:00:00.000Z' },
  origin: {
    ...{ kind: 'generated', recipe, file, sha256: '', media: { container: 'matroska' } },
    digitalSourceType: 'trainedAlgorithmicMedia',
  },
});

test('the frames of a take lie in its own folder', () => {
  expect(takeRecordSchema.safeParse(recordOf('frames.mkv')).error).toBeUndefined();
  for (const file of ['../frames.mkv', '/etc/passwd', 'a/b.mkv', 'a\\b.mkv', '..', '.', '', 'C:a.mkv', 'a\0b']) {
    expect(takeRecordSchema.safeParse(recordOf(file)).success, file).toBe(false);
  }
});
