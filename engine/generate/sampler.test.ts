import { expect, test } from 'vitest';
import { gaussians } from './noise.ts';
import { eulerStep, sampleFlow } from './sampler.ts';
import { flowSigmas } from './schedule.ts';

test('the noise falls from all to none, and a shift spends more steps where there is much', () => {
  expect(flowSigmas(4, 1)).toEqual([1, 0.75, 0.5, 0.25, 0]);
  expect(flowSigmas(4, 3)).toEqual([1, 0.9, 0.75, 0.5, 0]);
  expect(() => flowSigmas(0, 3)).toThrow(RangeError);
});

test('a flow that is known exactly is followed exactly, in any number of steps', async () => {
  const clean = Float32Array.of(0.25, -1, 0.5, 3);
  for (const steps of [1, 2, 3, 8, 50]) {
    const sample = gaussians(5, 0, 4);
    // From any sample at level s, the straight way to `clean` is v = (x − clean) / s.
    await sampleFlow(sample, flowSigmas(steps, 3), async (x, sigma) =>
      x.map((value, i) => (value - (clean[i] ?? 0)) / sigma),
    );
    for (const [i, value] of sample.entries()) expect(value).toBeCloseTo(clean[i] ?? Number.NaN, 5);
  }
});

test('a curved flow comes out where Euler must come out', async () => {
  // Golden values of an independent implementation, on the sigmas that diffusers makes for shift 3.
  expect(await curved([1, 0.857692, 0.602151, 0.008929, 0])).toBeCloseTo(0.2301344, 5);
  // In the limit, where a fourth-order solver comes out.
  expect(await curved(flowSigmas(2000, 3))).toBeCloseTo(0.38238929, 3);
});

test('an aborted signal stops before the next step and gives its reason', async () => {
  const abort = new AbortController();
  const steps: number[] = [];
  const sampling = sampleFlow(new Float32Array(1), flowSigmas(8, 1), async () => new Float32Array(1), {
    onStep: (step) => {
      steps.push(step);
      if (step === 3) abort.abort(new Error('enough'));
    },
    signal: abort.signal,
  });
  await expect(sampling).rejects.toThrow('enough');
  expect(steps).toEqual([1, 2, 3]);
});

test('a step upwards or onto another shape is refused', () => {
  expect(() => eulerStep(new Float32Array(2), new Float32Array(2), 0.5, 0.5)).toThrow(RangeError);
  expect(() => eulerStep(new Float32Array(2), new Float32Array(3), 0.5, 0.4)).toThrow(RangeError);
});

async function curved(sigmas: readonly number[]): Promise<number> {
  const sample = Float32Array.of(1);
  await sampleFlow(sample, sigmas, async (x, sigma) => x.map((value) => Math.tanh(value) + 0.5 * sigma * value - 0.1));
  return sample[0] ?? Number.NaN;
}
