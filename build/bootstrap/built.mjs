import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from './stop.mjs';

const code = ['app', 'renderer', 'engine', 'build', 'package.json', 'package-lock.json'];
// What the window bundles of `resources`; models are read where they lie.
const pictures = ['fonts', 'icons', 'start'].map((name) => join('resources', name));

/** Builds the bundles when a source has changed since the last build. Knows by name, size and time, in milliseconds. */
export function ensureBuilt(root, node, env) {
  const stamp = join(root, 'dist', '.built-from');
  const state = sourceState(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  console.error('Building …');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  for (const config of ['node', 'desktop', 'preload', 'renderer'].map((name) => `build/vite.${name}.config.ts`)) {
    if (!existsSync(join(root, config))) continue;
    const built = spawnSync(node, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    });
    if (built.status !== 0) throw new Stop(`The build failed (${config}). The lines above say where.`);
  }
  writeFileSync(stamp, state);
}

/** Stands for everything that is bundled: another one when any of it has changed. */
export function sourceState(root) {
  const hash = createHash('sha256');
  for (const source of [...code, ...pictures]) addTo(hash, join(root, source));
  return hash.digest('hex');
}

function addTo(hash, path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isDirectory()) {
    hash.update(`${path}:${stats.size}:${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== 'train' && name !== '__pycache__' && !name.endsWith('.test.ts')) addTo(hash, join(path, name));
  }
}
