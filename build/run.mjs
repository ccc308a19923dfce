#!/usr/bin/env node
// `npm start`, `npm test` and every other script begin here, on whatever Node (18 or newer) the machine has. Sets up
// what the command needs, once, and then runs it on Node 24. Plain JavaScript without dependencies: nothing is
// installed yet when it starts.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './bootstrap/built.mjs';
import { ensureDebianPackages } from './bootstrap/debian.mjs';
import { ensureDependencies, ensureFfmpeg, node24 } from './bootstrap/dependencies.mjs';
import { desktopOrWhy, runDesktop, thisMachine } from './bootstrap/desktop.mjs';
import { Stop } from './bootstrap/stop.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What each command needs, and the program that is the command. */
const commands = {
  start: { debian: ['ffmpeg', 'cjk-fonts'], build: true, program: 'dist/node/web.mjs' },
  cli: { debian: ['ffmpeg'], build: true, program: 'dist/node/cli.mjs' },
  test: { debian: ['ffmpeg', 'chromium', 'cjk-fonts'], build: true, program: 'build/test-all.mjs' },
  check: { debian: [], build: false, program: 'build/check.mjs' },
  package: { debian: [], build: true, program: 'build/package.ts' },
  bench: { debian: ['ffmpeg', 'chromium', 'cjk-fonts'], build: true, program: 'build/bench.mjs' },
  campaign: { debian: ['ffmpeg', 'chromium', 'cjk-fonts'], build: true, program: 'build/campaign.mjs' },
  'eval-pack': { debian: ['ffmpeg'], build: true, program: 'build/eval-pack.ts' },
  screenshots: { debian: ['ffmpeg', 'chromium', 'cjk-fonts'], build: true, program: 'build/screenshots.ts' },
};

const [name = '', ...args] = process.argv.slice(2);
try {
  process.exitCode = run(name, args);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function run(name, args) {
  const command = commands[name];
  if (!command) throw new Stop(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
  ensureDebianPackages(command.debian);
  ensureDependencies(root);
  const node = node24(root);
  const env = { ...process.env, ...(command.debian.includes('ffmpeg') ? ensureFfmpeg(root, node) : {}) };
  if (command.build) ensureBuilt(root, node, env);
  if (name === 'start') {
    const status = startDesktop(node, args, env);
    if (status !== undefined) return status;
  }
  const program = join(root, command.program);
  // The program's own exit code is the answer; a signal is passed on as the shell would.
  const result = spawnSync(node, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: 'inherit',
    env: { ...env, SHOTLOOM_ROOT_URL: pathToFileURL(`${root}/`).href },
  });
  if (result.error) throw new Stop(`Could not run ${command.program}: ${result.error.message}`);
  return result.status ?? 1;
}

/** Opens the editor in Electron; undefined when it has to be the browser, after saying why. */
function startDesktop(node, args, env) {
  const how = desktopOrWhy(args, thisMachine(root, node));
  if (how.kind === 'browser') {
    if (how.why) console.error(how.why);
    return undefined;
  }
  const entry = join(root, 'dist', 'desktop', 'main.mjs');
  const { status, isStarted } = runDesktop(how.program, entry, args, { ...env, SHOTLOOM_NODE: node });
  if (isStarted) return status;
  console.error('Electron could not start (the lines above say why), so the editor opens in your browser.');
  return undefined;
}
