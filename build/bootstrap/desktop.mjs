import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Options that only the web host knows: whoever gives one means it. */
const ofWebHost = /^--(web|port|origin|root|json|help)(=|$)|^-h$/;

const fetchTimeoutMs = 20_000;
/** Electron that ends badly this soon has not shown a window: a sandbox that the system forbids, a missing library. */
const startedMs = 8000;

/**
 * How `npm start` opens the editor: with Electron, or in the browser and why. Its program is fetched once; a machine that
 * could not is not asked again at every start.
 *
 * @param {import('./desktop.d.mts').Machine} machine
 */
export function desktopOrWhy(args, machine) {
  if (args.some((arg) => ofWebHost.test(arg))) return { kind: 'browser' };
  if (machine.userId === 0) return inBrowser('Electron does not run as root');
  const { DISPLAY, WAYLAND_DISPLAY } = machine.env;
  if (machine.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return inBrowser('There is no display');
  const program = machine.findProgram() ?? machine.fetchProgram();
  if (program) return { kind: 'desktop', program };
  return inBrowser("Electron's program is not there (`npx install-electron` fetches it)");
}

function inBrowser(reason) {
  return { kind: 'browser', why: `${reason}, so the editor opens in your browser.` };
}

export function thisMachine(root, node) {
  const folder = join(root, 'node_modules', 'electron');
  const findProgram = () => programIn(process.env.ELECTRON_OVERRIDE_DIST_PATH, folder);
  return {
    platform: process.platform,
    userId: process.getuid?.(),
    env: process.env,
    findProgram,
    fetchProgram: () => {
      const stamp = join(root, 'node_modules', '.shotloom-electron-asked');
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return undefined;
      console.error('Fetching Electron (once) …');
      spawnSync(node, ['install.js'], { cwd: folder, stdio: 'ignore', timeout: fetchTimeoutMs });
      writeFileSync(stamp, version);
      return findProgram();
    },
  };
}

/** Runs the desktop shell until it ends. `isStarted` is false when no window can have been seen. */
export function runDesktop(program, entry, args, env) {
  // Editors built on Electron leave this behind in their terminals; it would make a plain Node of it.
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env;
  const before = Date.now();
  const { status, signal } = spawnSync(program, [entry, ...args], { stdio: 'inherit', env: rest });
  return { status: status ?? 1, isStarted: status === 0 || signal === 'SIGINT' || Date.now() - before > startedMs };
}

/** The program as Electron's own package finds it, without asking that package: it would start a download. */
function programIn(distFolder, folder) {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const program = join(distFolder ?? join(folder, 'dist'), name);
  return existsSync(program) ? program : undefined;
}
