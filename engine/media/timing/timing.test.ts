import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  codedFrameAt,
  encodeFrameTable,
  type FrameTable,
  firstTakeFrameOf,
  keyFrameBefore,
  readFrameTable,
  secondsOfCodedFrame,
} from '../../contract/frame-table-file.ts';
import { frames, framesPerSecond, type Rate } from '../../document/time.ts';
import { nearestRate } from './rational.ts';
import { takeTable } from './take-table.ts';
import { type CodedFrames, timingOf } from './timing.ts';

const rate2997: Rate = { num: 30000, den: 1001 };
const milliseconds: Rate = { num: 1, den: 1000 };

test('the usual rates are known again through a container that rounds to milliseconds', () => {
  for (const rate of [
    { num: 24000, den: 1001 },
    rate2997,
    { num: 60000, den: 1001 },
    ...[24, 25, 30, 50, 60].map(of1),
  ]) {
    for (const round of [Math.round, Math.floor]) {
      const shown = codedAt(
        milliseconds,
        Array.from({ length: 600 }, (_, n) => round((n * 1000 * rate.den) / rate.num)),
      );
      expect(timingOf(shown)).toEqual({ timing: 'constant', rate, frameCount: 600 });
    }
  }
});

test('frames that are all as long have exactly that rate, however unusual', () => {
  const ticks = (length: number, count: number) => Array.from({ length: count }, (_, n) => n * length);
  expect(timingOf(codedAt({ num: 1, den: 90000 }, ticks(3017, 1200)))).toMatchObject({
    rate: { num: 90000, den: 3017 },
  });
  expect(timingOf(codedAt({ num: 1, den: 25000 }, ticks(2000, 377)))).toMatchObject({ rate: { num: 25, den: 2 } });
  expect(timingOf(codedAt(of1(1), ticks(1, 10)))).toMatchObject({ timing: 'constant', rate: { num: 1, den: 1 } });
});

test('a phone whose frames tremble has the usual rate, and every frame is a frame of the take', () => {
  const tremble = fc.array(fc.integer({ min: -280, max: 280 }), { minLength: 30, maxLength: 300 });
  fc.assert(
    fc.property(tremble, (offsets) => {
      const shown = codedAt(
        { num: 1, den: 90000 },
        offsets.map((offset, n) => n * 1500 + (n === 0 ? 0 : offset)),
      );
      const timing = timingOf(shown);
      expect(timing).toMatchObject({ timing: 'constant', frameCount: offsets.length });
      expect(framesPerSecond(timing.rate)).toBeCloseTo(60, 0); // a second of it may as well be 59.94
    }),
  );
});

test('a frame the camera dropped makes the timing variable: the one before it is held, and nothing drifts', () => {
  //           0  33  67 100 | 167 200 233 ms at 30 fps; frame 4 is missing
  const shown = codedAt(milliseconds, [0, 33, 67, 100, 167, 200, 233]);
  const table = takeTable(shown);
  expect(table).toMatchObject({ timing: 'variable', rate: of1(30), frameCount: 8 });
  expect(codedOf(table)).toEqual([0, 1, 2, 3, 3, 4, 5, 6]);
});

test('a long first frame is held as long as it lasts', () => {
  const shown = codedAt(milliseconds, [0, 325, 333, 341, 350, 358], 8);
  const table = takeTable(shown);
  expect(table).toMatchObject({ timing: 'variable', rate: of1(120) });
  expect(codedOf(table).filter((coded) => coded === 0)).toHaveLength(39); // 325 ms at 120 fps
  expect(codedOf(table).slice(-5)).toEqual([1, 2, 3, 4, 5]);
});

test('a single frame lasts as long as its file says, at a usual rate', () => {
  expect(timingOf(codedAt({ num: 1, den: 90000 }, [0], 3003))).toEqual({
    timing: 'constant',
    rate: rate2997,
    frameCount: 1,
  });
  expect(timingOf(codedAt(milliseconds, [40], 0)).rate).toEqual(of1(24));
});

test('looking a take frame up is the inverse of placing a coded frame, at any rate and in any unit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400_000_000 }), { minLength: 2, maxLength: 60 }),
      fc.constantFrom(of1(24), rate2997, of1(60), { num: 25, den: 2 }),
      fc.constantFrom<Rate>({ num: 1, den: 1_000_000_000 }, { num: 1, den: 90000 }, milliseconds),
      (lengths, rate, timeBase) => {
        let at = 0;
        const ticks = Float64Array.from([0, ...lengths.map((length) => (at += length))]);
        const table: FrameTable = {
          ...{ timing: 'variable', rate, timeBase, ticks, frameCount: 1, ffmpegOffsetTicks: 0, reach: 'frame' },
          keys: new Uint8Array(ticks.length).fill(1),
        };
        for (let coded = 0; coded < ticks.length; coded++) {
          const first = firstTakeFrameOf(table, coded);
          const isReplaced = coded + 1 < ticks.length && firstTakeFrameOf(table, coded + 1) === first;
          if (!isReplaced) expect(codedFrameAt(table, first)).toBe(coded);
          if (first > 0) expect(codedFrameAt(table, frames(first - 1))).toBeLessThan(coded);
        }
      },
    ),
  );
});

test('a frame table reads back as it was written, and nothing else reads as one', () => {
  const table = { ...takeTable(codedAt(milliseconds, [5, 38, 71, 138])), ffmpegOffsetTicks: -5 };
  const bytes = encodeFrameTable({ ...table, keys: Uint8Array.of(1, 0, 1, 0) });
  const moved = new Uint8Array(bytes.length + 3).subarray(3); // unaligned, as a slice of a response may be
  moved.set(bytes);
  const read = readFrameTable(moved);
  expect(read).toEqual({ ...table, keys: Uint8Array.of(1, 0, 1, 0) });
  expect(read && [3, 2, 1].map((coded) => keyFrameBefore(read, coded))).toEqual([2, 2, 0]);
  expect(read && secondsOfCodedFrame(read, 3)).toBeCloseTo(0.138, 12);
  expect(readFrameTable(bytes.subarray(0, bytes.length - 1))).toBeUndefined();
  expect(readFrameTable(new Uint8Array(200))).toBeUndefined();
});

test('a ratio too fine for a rate becomes the nearest one that is not', () => {
  expect(nearestRate(90000, 3003)).toEqual(rate2997);
  expect(nearestRate(1, 3_000_000_000)).toEqual({ num: 1, den: 1_000_000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 2 ** 40 }), (num, den) => {
      fc.pre(num / den > 0.1 && num / den < 1000);
      const rate = nearestRate(num, den);
      expect(Math.max(rate.num, rate.den)).toBeLessThanOrEqual(1_000_000);
      expect(rate.num / rate.den).toBeCloseTo(num / den, 5);
    }),
  );
});

function codedAt(timeBase: Rate, ticks: readonly number[], lastTicks = (ticks[1] ?? 0) - (ticks[0] ?? 0)): CodedFrames {
  const keys = new Uint8Array(ticks.length).fill(1);
  return { timeBase, ticks: Float64Array.from(ticks), keys, lastTicks, ffmpegOffsetTicks: 0, reach: 'key' };
}

function codedOf(table: FrameTable): number[] {
  return Array.from({ length: table.frameCount }, (_, n) => codedFrameAt(table, frames(n)));
}

function of1(num: number): Rate {
  return { num, den: 1 };
}
