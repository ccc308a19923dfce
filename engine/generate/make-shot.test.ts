import { expect, test } from 'vitest';
import { FailureError } from '../contract/failure.ts';
import type { Activity } from '../contract/job.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { LoomGraphs } from './loom-graphs.ts';
import { makeShot } from './make-shot.ts';
import type { RgbFrames } from './rgb-frames.ts';
import { tinyModel, tinyRequest } from './tiny-model.ts';

test('a shot is what its words say: from noise to the very picture the network has in mind', async () => {
  // The network wants 0.25 in every latent; raw, that is 0.25 · std + mean, and the VAE shows it as grey.
  const { frames } = await made(tinyRequest);
  const channels = tinyModel.latent.mean.map((mean, c) => 0.25 * (tinyModel.latent.std[c] ?? 1) + mean);
  const bytes = channels.map((value) => Math.max(0, Math.min(255, Math.floor((value + 1) * 127.5 + 0.5))));
  expect([...(frames[0]?.pixels.subarray(0, 3) ?? [])]).toEqual(bytes);
});

test('the frames come in order, exactly as many as were asked for', async () => {
  for (const frameCount of [5, 6, 7, 8, 9, 33]) {
    const { frames } = await made({ ...tinyRequest, frameCount });
    expect(frames.map(({ firstFrame }) => firstFrame)).toEqual(startsOf(frames));
    expect(frames.reduce((sum, each) => sum + each.frameCount, 0)).toBe(frameCount);
    for (const each of frames) expect(each.pixels).toHaveLength(each.frameCount * 64 * 32 * 3);
  }
});

test('it tells what it does: the prompt, every step, the frames that are done', async () => {
  const { activities } = await made(tinyRequest);
  expect(activities.map(show)).toEqual([
    'reading-prompt',
    ...['step 1/4', 'step 2/4', 'step 3/4', 'step 4/4'],
    ...['frame 0/9', 'frame 1/9', 'frame 5/9', 'frame 9/9'],
  ]);
});

test('the same request makes the same frames, another seed makes others', async () => {
  const plain = {
    ...graphs(),
    predictVelocity: async ({ latents }: { latents: { data: Float32Array } }) => latents.data.map((x) => x / 2),
  };
  const first = await made(tinyRequest, plain);
  expect((await made(tinyRequest, plain)).frames).toEqual(first.frames);
  expect((await made({ ...tinyRequest, seed: 8 }, plain)).frames).not.toEqual(first.frames);
});

test('nothing more is decoded until the last frames were taken in', async () => {
  let decoded = 0;
  const counting: LoomGraphs = {
    ...graphs(),
    decodeLatents: (chunk) => {
      decoded += 1;
      return graphs().decodeLatents(chunk);
    },
  };
  const seen: number[] = [];
  await makeShot(
    tinyModel,
    counting,
    { ...tinyRequest, frameCount: 33 },
    {
      onActivity: () => {},
      onFrames: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push(decoded);
      },
      signal: new AbortController().signal,
    },
  );
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test.each(['step 2/4', 'frame 5/9'])('a shot cancelled at %s goes no further', async (at) => {
  const abort = new AbortController();
  const activities: string[] = [];
  const making = makeShot(tinyModel, graphs(), tinyRequest, {
    onActivity: (activity) => {
      activities.push(show(activity));
      if (show(activity) === at) abort.abort(new Error('cancelled'));
    },
    onFrames: async () => {},
    signal: abort.signal,
  });
  await expect(making).rejects.toThrow('cancelled');
  expect(activities.at(-1)).toBe(at);
});

test('a prompt of which the pack knows no word is refused; an empty one leaves the choice to the pack', async () => {
  await expect(made({ ...tinyRequest, prompt: 'zeppelin' })).rejects.toMatchObject({
    failure: { code: 'prompt-unknown', packId: 'tiny' },
  });
  expect((await made({ ...tinyRequest, prompt: '' })).frames).toHaveLength(3);
});

test.each([{ widthPx: 48 }, { frameCount: 34 }, { frameCount: 1 }])('%j is no shot of this pack', async (change) => {
  const refused = await made({ ...tinyRequest, ...change }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FailureError);
  expect((refused as FailureError).failure).toMatchObject({ code: 'bad-request' });
});

async function made(request: ShotRequest, networks: LoomGraphs = graphs()) {
  const activities: Activity[] = [];
  const frames: RgbFrames[] = [];
  const reading = await makeShot(tinyModel, networks, request, {
    onActivity: (activity) => activities.push(activity),
    onFrames: async (each) => void frames.push(each),
    signal: new AbortController().signal,
  });
  return { activities, frames, reading };
}

// Networks as equations: a flow that ends at 0.25 everywhere, and a VAE that shows its three channels as colours.
function graphs(): LoomGraphs {
  return {
    encodeText: async (tokens, batch) => ({
      data: Float32Array.from(tokens, Number),
      shape: [batch, tokens.length / batch, 1],
    }),
    predictVelocity: async ({ latents, sigma }) => latents.data.map((x) => (x - 0.25) / (sigma.data[0] ?? 1)),
    encodeFrames: () => Promise.reject(new Error('a shot from words encodes nothing')),
    decodeLatents: async ({ values: { data, shape }, caches }) => {
      const [, , latentFrames = 0, height = 0, width = 0] = shape;
      const [frames, heightPx, widthPx] = [latentFrames * 4, height * 8, width * 8];
      const pixels = new Float32Array(3 * frames * heightPx * widthPx);
      for (let i = 0; i < pixels.length; i++) {
        const [x, y] = [i % widthPx, Math.floor(i / widthPx) % heightPx];
        const plane = Math.floor(i / (widthPx * heightPx));
        const latentPlane = Math.floor(plane / frames) * latentFrames + Math.floor((plane % frames) / 4);
        pixels[i] = data[(latentPlane * height + Math.floor(y / 8)) * width + Math.floor(x / 8)] ?? Number.NaN;
      }
      return { values: { data: pixels, shape: [1, 3, frames, heightPx, widthPx] }, caches };
    },
  };
}

function startsOf(frames: readonly RgbFrames[]): number[] {
  return frames.map((_, index) => frames.slice(0, index).reduce((sum, { frameCount }) => sum + frameCount, 0));
}

function show(activity: Activity): string {
  if (activity.kind === 'sampling') return `step ${activity.step}/${activity.stepCount}`;
  if (activity.kind === 'decoding') return `frame ${activity.framesDone}/${activity.frameCount}`;
  return activity.kind;
}
