import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ShotRequest } from '../../engine/contract/take.ts';
import type { LoomGraphs } from '../../engine/generate/loom-graphs.ts';
import { makeShot } from '../../engine/generate/make-shot.ts';
import { type LoomPack, readLoomPack } from '../../engine/packs/loom-pack.ts';
import { readPackOf } from '../../engine/packs/read-pack.ts';
import { loomGraphs } from '../../engine/runner/open-loom.ts';
import type { ShotFacts } from '../../engine/runner/protocol.ts';
import { type ShotRunner, superviseRunner } from '../../engine/runner/supervisor.ts';
import { networkThreads } from '../../engine/runner/threads.ts';
import { atMost, tell } from './figures.ts';

// What a shot costs beside the bare runs of its networks:
//
//     node test/bench/clip-bench.ts [--pack FOLDER] [--frames N] [--size WIDTHxHEIGHT] [--rounds N]
const limit = 1.3;
const leastNetworkSeconds = 0.2;

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    pack: { type: 'string' },
    frames: { type: 'string' },
    size: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
});

const trained = join(root, 'resources/models/loom-mini');
const untrained = join(root, 'test/fixtures/packs/tiny-loom');
const packFolder = values.pack ?? (existsSync(trained) ? trained : untrained);
const pack = await readPackOf({ loom: readLoomPack }, packFolder);
const request = requestFor(pack);
const threads = networkThreads();
const runner = superviseRunner({ entry: join(root, 'engine/runner/main.ts'), threads, log: console.error });
const bare = await bareRuns(pack, request, threads);
try {
  const cold = await timedShot(runner);
  // Alternating, so that both meet the same machine; the best of each, because others use it too.
  const clips: TimedShot[] = [];
  const sums: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    clips.push(await timedShot(runner));
    sums.push(await bare.replay());
  }
  report(cold, clips, Math.min(...sums));
} finally {
  await runner.dispose();
  await bare.release();
}

function report(cold: TimedShot, clips: readonly TimedShot[], bareSeconds: number): void {
  const clipSeconds = Math.min(...clips.map(({ seconds }) => seconds));
  const ratio = clipSeconds / bareSeconds;
  const { widthPx, heightPx, frameCount, steps } = request;
  const { facts } = cold;
  const shot = `${pack.manifest.name}, ${widthPx}×${heightPx}, ${frameCount} frames, ${steps} steps`;
  tell({
    what: 'clip ÷ its bare session runs',
    measured: `${ratio.toFixed(2)} ×`,
    beside: `${clipSeconds.toFixed(3)} s ÷ ${bareSeconds.toFixed(3)} s; ${shot}`,
    // Networks that take no time to run make everything beside them look long.
    ...(bareSeconds < leastNetworkSeconds ? {} : { bound: atMost(ratio, limit, ' ×') }),
  });
  const beside = Math.min(...clips.map(({ facts: each }) => besideNetworks(each)));
  tell({
    what: 'first clip ÷ those after it',
    measured: `${(cold.seconds / clipSeconds).toFixed(2)} ×`,
    beside: `${(facts.loadSeconds ?? 0).toFixed(2)} s loading; ${beside.toFixed(3)} s beside networks; ${(facts.peakMemoryBytes / 1e6).toFixed(0)} MB`,
  });
}

/** Seconds of a clip in which no network ran: noise, rope, guidance, bytes, and waiting for this process. */
function besideNetworks({ totalSeconds, readingSeconds, samplingSeconds, decodingSeconds }: ShotFacts): number {
  return totalSeconds - readingSeconds - samplingSeconds - decodingSeconds;
}

function requestFor({ manifest }: LoomPack): ShotRequest {
  const { id, defaults, guidance } = manifest;
  const [width, height] = values.size?.split('x').map(Number) ?? [];
  return {
    task: 'text',
    prompt: 'a red car drives to the right in the city at night',
    packId: id,
    frameCount: Number(values.frames ?? defaults.frames),
    widthPx: width ?? defaults.width,
    heightPx: height ?? defaults.height,
    seed: 1,
    steps: defaults.steps,
    guidanceScale: guidance.scale,
  };
}

interface TimedShot {
  readonly seconds: number;
  readonly facts: ShotFacts;
}

async function timedShot(shots: ShotRunner): Promise<TimedShot> {
  const from = performance.now();
  const outcome = await shots.makeShot(
    { packFolder: pack.folder, request, devices: ['cpu'] },
    { onActivity: () => {}, onFrames: async () => {}, signal: new AbortController().signal },
  );
  if (outcome.kind !== 'finished') throw new Error(JSON.stringify(outcome));
  return { seconds: (performance.now() - from) / 1000, facts: outcome.facts };
}

/** The very runs of networks that the shot is made of, to be made again without anything between them. */
async function bareRuns(loomPack: LoomPack, shot: ShotRequest, threadCount: number) {
  const { graphs, holder } = loomGraphs(loomPack, { device: 'cpu', threads: threadCount });
  const runs: (() => Promise<unknown>)[] = [];
  const noted =
    <Inputs extends unknown[], Output>(run: (...inputs: Inputs) => Promise<Output>) =>
    (...inputs: Inputs) => {
      runs.push(() => run(...inputs));
      return run(...inputs);
    };
  const noting: LoomGraphs = {
    encodeText: noted(graphs.encodeText),
    predictVelocity: noted(graphs.predictVelocity),
    encodeFrames: noted(graphs.encodeFrames),
    decodeLatents: noted(graphs.decodeLatents),
  };
  const silent = { onActivity: () => {}, onFrames: async () => {}, signal: new AbortController().signal };
  await makeShot(loomPack.model, noting, shot, silent);
  return {
    release: holder.releaseAll,
    replay: async () => {
      const from = performance.now();
      for (const run of runs) await run();
      return (performance.now() - from) / 1000;
    },
  };
}
