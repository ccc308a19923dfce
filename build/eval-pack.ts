// `npm run eval:pack -- --first`: the gate of the embedded pack. The fixed prompts go through the shipped runner, and
// build/train measures the frames that come out; its exit code is the answer.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type LoomPack, readLoomPack } from '../engine/packs/loom-pack.ts';
import { packHash, readPackOf } from '../engine/packs/read-pack.ts';
import { type ShotRunner, superviseRunner } from '../engine/runner/supervisor.ts';

const usage = `npm run eval:pack -- --first [options]

  --first            the gate of the first weights: 64 held-out prompts, two seeds each
  --pack FOLDER      another pack than resources/models/loom-mini
  --size WxH|all     another size than the pack's default, e.g. 288x160, or each that it makes, one after the other
  --frames N         another length than the pack's default, 1 + 4k
  --out FOLDER       where frames and table go (test-results/eval-pack); with --size all into a folder each, WxH
  --frames-only      make the frames and do not measure them

A run that was stopped goes on with the clips it still lacks, as long as pack, size and length are the same.
Measuring needs Python with build/train/requirements.txt: sh build/train/setup.sh, or name one in SHOTLOOM_PYTHON.`;

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    first: { type: 'boolean', default: false },
    pack: { type: 'string', default: join(root, 'resources/models/loom-mini') },
    size: { type: 'string' },
    frames: { type: 'string' },
    out: { type: 'string', default: join(root, 'test-results/eval-pack') },
    'frames-only': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const promptsSchema = z.array(z.object({ prompt: z.string(), seed: z.number().int() }));
type HeldOutPrompt = z.infer<typeof promptsSchema>[number];

if (values.help || !values.first) {
  console.error(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  process.exitCode = await evaluate().catch((error: Error) => {
    console.error(error.message);
    return 1;
  });
}

async function evaluate(): Promise<number> {
  const pack = await readPackOf({ loom: readLoomPack }, values.pack);
  const exits: number[] = [];
  for (const run of runsFor(pack)) {
    await startOrGoOn(pack, run);
    await makeClips(pack, run, await heldOutPrompts(run));
    const measure = ['evaluate', '--frames', run.out, '--out', join(run.out, 'table.json')];
    exits.push(values['frames-only'] ? 0 : python(measure));
  }
  return exits.find((exit) => exit !== 0) ?? 0;
}

/** The prompts in one size, and the folder their clips go to. */
interface Run {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly out: string;
}

function runsFor({ manifest: { defaults, sizes } }: LoomPack): readonly Run[] {
  const frames = Number(values.frames ?? defaults.frames);
  if (values.size === 'all') {
    return sizes.map(({ width, height }) => ({ width, height, frames, out: join(values.out, `${width}x${height}`) }));
  }
  const [width = defaults.width, height = defaults.height] = values.size?.split('x').map(Number) ?? [];
  return [{ width, height, frames, out: values.out }];
}

/** Empties the folder, unless an earlier run left clips of the very same kind in it. */
async function startOrGoOn(pack: LoomPack, { out, ...shape }: Run): Promise<void> {
  const stamp = join(out, 'made-with.json');
  const { scheduler, guidance, defaults } = pack.manifest;
  const madeWith = JSON.stringify({ hash: packHash(pack), scheduler, guidance, steps: defaults.steps, ...shape });
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === madeWith) return;
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await writeFile(stamp, madeWith);
}

/** The recipe's own list, so that what was kept out of the training is known in one place. */
async function heldOutPrompts({ out }: Run): Promise<readonly HeldOutPrompt[]> {
  const file = join(out, 'prompts.json');
  if (python(['prompts', file]) !== 0)
    throw new Error('build/train could not write its prompts; the lines above say why');
  return promptsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

async function makeClips(pack: LoomPack, run: Run, prompts: readonly HeldOutPrompt[]): Promise<void> {
  const bundle = join(root, 'dist/node/runner.mjs');
  const entry = existsSync(bundle) ? bundle : join(root, 'engine/runner/main.ts');
  const runner = superviseRunner({ entry, log: console.error });
  const { width, height, frames, out } = run;
  const clips: unknown[] = [];
  try {
    for (const [index, { prompt, seed }] of prompts.entries()) {
      const file = `${String(index).padStart(3, '0')}.rgb`;
      clips.push({ prompt, seed, width, height, frames, file });
      if (existsSync(join(out, file))) continue;
      await makeClip(runner, pack, { prompt, seed, width, height, frames }, join(out, file));
      console.error(`${index + 1} of ${prompts.length}  ${prompt}`);
    }
  } finally {
    await runner.dispose();
  }
  const { id, version } = pack.manifest;
  const index = { pack: { id, version, hash: packHash(pack) }, clips };
  await writeFile(join(out, 'index.json'), `${JSON.stringify(index, undefined, 1)}\n`);
}

interface WantedClip extends HeldOutPrompt {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

/** One clip as raw RGB24 frames, end to end in a file. */
async function makeClip(runner: ShotRunner, pack: LoomPack, clip: WantedClip, path: string): Promise<void> {
  const { id, defaults, guidance } = pack.manifest;
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  try {
    const outcome = await runner.makeShot(
      {
        packFolder: pack.folder,
        devices: ['cpu'],
        request: {
          task: 'text',
          prompt: clip.prompt,
          packId: id,
          frameCount: clip.frames,
          widthPx: clip.width,
          heightPx: clip.height,
          seed: clip.seed,
          steps: defaults.steps,
          guidanceScale: guidance.scale,
        },
      },
      {
        onActivity: () => {},
        onFrames: ({ pixels }) => file.appendFile(pixels),
        signal: new AbortController().signal,
      },
    );
    if (outcome.kind !== 'finished') throw new Error(`"${clip.prompt}" was not made: ${JSON.stringify(outcome)}`);
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

/** Runs the recipe; answers its exit code. */
function python(args: readonly string[]): number {
  const train = join(root, 'build/train');
  const own = join(train, '.venv/bin/python');
  const program = process.env.SHOTLOOM_PYTHON ?? (existsSync(own) ? own : 'python3');
  const path = [train, process.env.PYTHONPATH].filter(Boolean).join(delimiter);
  const { error, status } = spawnSync(program, ['-m', 'loomtrain', ...args], {
    stdio: 'inherit',
    env: { ...process.env, PYTHONPATH: path },
  });
  if (error)
    throw new Error(`${program} could not be run. Set up Python with: sh build/train/setup.sh`, { cause: error });
  return status ?? 1;
}
