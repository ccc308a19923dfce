import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrames, encodeFrames, fromRunnerSchema, parseMessage, toRunnerSchema } from './protocol.ts';

test('frames arrive as they were sent, cut into messages that can be borne', () => {
  const frameBytes = 3 * 1024 * 1024;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(1000), (frameCount, firstFrame) => {
      const pixels = new Uint8Array(frameCount * frameBytes).map((_, i) => Math.floor(i / frameBytes) + firstFrame);
      const messages = [...encodeFrames(7, { firstFrame, frameCount, pixels })] as Uint8Array<ArrayBuffer>[];
      expect(Math.max(...messages.map(({ length }) => length))).toBeLessThan(8 * 1024 * 1024);
      const arrived = messages.map(decodeFrames);
      expect(arrived.every(({ job }) => job === 7)).toBe(true);
      expect(arrived[0]?.frames.firstFrame).toBe(firstFrame);
      expect(Buffer.concat(arrived.map(({ frames }) => frames.pixels)).equals(pixels)).toBe(true);
    }),
    { numRuns: 5 },
  );
});

test('a frame too large for one message still travels', () => {
  const pixels = new Uint8Array(9 * 1024 * 1024);
  expect([...encodeFrames(1, { firstFrame: 0, frameCount: 1, pixels })]).toHaveLength(1);
});

test('what no engine or runner of ours writes is refused', () => {
  expect(() => parseMessage(toRunnerSchema, '{"kind":"cancel"}')).toThrow();
  expect(() => parseMessage(fromRunnerSchema, '{"kind":"finished","job":1}')).toThrow();
  expect(() => parseMessage(toRunnerSchema, 'GET /')).toThrow();
  expect(() => decodeFrames(new Uint8Array(4))).toThrow(RangeError);
  expect(() => decodeFrames(new Uint8Array(12))).toThrow(RangeError);
});
