import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Stop } from './stop.mjs';

const minutes = 60_000;

/** `npm ci`, when the lockfile is not the one installed from. Makes no network call when it is. */
export function ensureDependencies(root) {
  const stamp = join(root, 'node_modules', '.shotloom-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing dependencies (once) …');
  // .npmrc keeps install scripts off; the few that matter run below, each with a time limit and a sentence.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  if (!npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 15 * minutes, env)) {
    throw new Stop('npm could not install the dependencies. Check the network and run the command again.');
  }
  installNode24(root);
  writeFileSync(stamp, wanted);
}

/** The Node the product runs on: this one where it fits, else the one from the npm package `node`. */
export function node24(root) {
  if (isNode24(process.versions.node)) return process.execPath;
  const packaged = packagedNode(root);
  if (existsSync(packaged)) return packaged;
  throw new Stop('Shotloom runs on Node 24 (24.15 or newer). Install it from nodejs.org and run the command again.');
}

/** Where ffmpeg is, as the variable that the ffmpeg-static package reads; nothing when the package brought its own. */
export function ensureFfmpeg(root, node) {
  if (process.env.FFMPEG_BIN) return {};
  if (existsSync('/usr/bin/ffmpeg')) return { FFMPEG_BIN: '/usr/bin/ffmpeg' };
  const packaged = createRequire(join(root, 'package.json'))('ffmpeg-static');
  if (packaged && existsSync(packaged)) return {};
  console.error('Fetching ffmpeg (once) …');
  const folder = join(root, 'node_modules', 'ffmpeg-static');
  const fetched = spawnSync(node, ['install.js'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 5 * minutes,
  });
  if (fetched.status === 0) return {};
  throw new Stop(
    'ffmpeg could not be fetched. Install ffmpeg, or set FFMPEG_BIN to where it is, and run the command again.',
  );
}

function installNode24(root) {
  if (isNode24(process.versions.node) || existsSync(packagedNode(root))) return;
  const folder = join(root, 'node_modules', 'node');
  const script = spawnSync(process.execPath, ['installArchSpecificPackage'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 5 * minutes,
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  if (script.status !== 0 || !existsSync(packagedNode(root))) {
    throw new Stop('Node 24 could not be fetched from npm. Install Node 24 from nodejs.org and run the command again.');
  }
}

function packagedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function isNode24(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 24 && minor >= 15;
}

function npm(root, args, timeout, env) {
  const script = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], timeout, env };
  const result = script
    ? spawnSync(process.execPath, [script, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  return result.status === 0;
}
