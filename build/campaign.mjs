// `npm run campaign -- [PART …] [--seed N] [--runs N]`: the tests that draw lots, drawn again and again; `npm test` runs the
// very same code with small counts. Prints seed and count first; when one fails, the command that repeats it.
// `npm run campaign -- media FOLDER`: files of your own from import to export.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');

/** `unit` is what `--runs` counts; a part is asked for `once` of them at a time, so that a failure names few. */
const parts = {
  edits: {
    ...{ unit: 'random sittings at the timeline', runs: 200_000, once: 20_000 },
    command: [vitest, 'run', 'test/property'],
    env: (seed, count) => ({ SHOTLOOM_SEED: seed, SHOTLOOM_PROPERTY_RUNS: count }),
  },
  kills: {
    ...{ unit: 'kills of engine, runner and host at random moments', runs: 100, once: 25 },
    command: [vitest, 'run', 'test/process/kill-campaign.test.ts'],
    env: (seed, count) => ({ SHOTLOOM_SEED: seed, SHOTLOOM_KILLS: count }),
  },
  hands: {
    ...{ unit: 'random actions of mouse and keyboard in the window', runs: 1000, once: 100 },
    command: [playwright, 'test', '--config', 'renderer/testing/playwright.config.ts', 'random-hands'],
    env: (seed, count) => ({ SHOTLOOM_SEED: seed, SHOTLOOM_ACTIONS: count }),
  },
};

const { seed, runs, asked } = readArguments();
if (asked[0] === 'media') process.exit(mediaOf(asked[1]));
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const total = runs ?? part.runs;
  console.log(`\n— ${name}: ${total.toLocaleString('en')} ${part.unit}, seed ${seed}`);
  for (let done = 0; done < total; done += part.once) {
    const count = Math.min(part.once, total - done);
    if (isRun(part, seed + done, count)) continue;
    console.log(`\n— ${name} failed. Repeat it: npm run campaign -- ${name} --seed ${seed + done} --runs ${count}`);
    process.exitCode = 1;
    break;
  }
}

// No lots are drawn here: every file of the folder is taken once.
function mediaOf(folder) {
  if (folder === undefined) {
    console.error('Which folder? npm run campaign -- media FOLDER');
    return 2;
  }
  const campaign = join(root, 'test', 'media', 'campaign.ts');
  return spawnSync(process.execPath, [campaign, resolve(folder)], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

function isRun({ command, env }, seed, count) {
  const given = Object.entries(env(seed, count)).map(([key, value]) => [key, `${value}`]);
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', ...Object.fromEntries(given) },
  });
  return status === 0;
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { seed: { type: 'string' }, runs: { type: 'string' } },
      allowPositionals: true,
    });
    const unknown = positionals[0] === 'media' ? undefined : positionals.find((name) => !(name in parts));
    if (unknown)
      throw new Error(
        `There is no part "${unknown}" of the campaign. There are: ${Object.keys(parts).join(', ')}, media.`,
      );
    const seed = wholeNumber('seed', values.seed) ?? randomInt(2 ** 30);
    return { seed, runs: wholeNumber('runs', values.runs), asked: positionals };
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

function wholeNumber(name, text) {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number, not "${text}".`);
}
