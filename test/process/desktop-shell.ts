// The desktop shell as it ships, in a process of its own: the bundles of main process, preload script and engine, with
// `electron` resolved to the stand-in. Plays one session and prints what came of it as JSON. Given the main process's
// bundle and a resources folder, it is the shell of a package, else the checkout's.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import type { DesktopBridge } from '../../engine/contract/desktop-bridge.ts';
import type { EditorId } from '../../engine/contract/ids.ts';
import { desktopPorts } from '../../renderer/desktop/desktop-port.ts';
import { type Connection, linkEngine } from '../../renderer/state/connection.ts';
import { commandLine, descendantsOf, killDescendants } from '../processes.ts';

const root = join(import.meta.dirname, '../..');
const [shell = join(root, 'dist/desktop/main.mjs'), resourcesPath] = process.argv.slice(2);
const standIn = pathToFileURL(join(root, 'app/testing/electron.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
const { app, desktop, settled } = await import('../../app/testing/electron.ts');

desktop.paths.set('appData', process.env.SHOTLOOM_HOME ?? '');
desktop.isPackaged = resourcesPath !== undefined;
Object.assign(process, { resourcesPath });
process.argv.splice(1, process.argv.length, shell); // as Electron starts it: no project
await import(pathToFileURL(shell).href);
await desktop.becomeReady();
const [window] = desktop.windows();
if (!window) throw new Error('no window opened');
const { page } = window.webContents;

const required: string[] = [];
const preload = readFileSync(String(window.options.webPreferences?.preload), 'utf8');
runInNewContext(preload, {
  window: page.window,
  require: (name: string) => {
    required.push(name);
    return page;
  },
});
const bridge = page.world.shotloom as DesktopBridge; // the preload script made it

const link = linkEngine({ openPort: desktopPorts(bridge, page.window) });
/** The engine's greeting, once the window has reached one that is not the given one. */
const greeting = (otherThan?: string) =>
  new Promise<string>((resolve) => {
    const look = (connection: Connection) => {
      if (connection.kind === 'connected' && connection.hello.engineId !== otherThan)
        resolve(connection.hello.engineId);
    };
    link.store.subscribe(look);
    look(link.store.getState());
  });
const firstEngine = await greeting();
const engine = await link.connected();
let answered = 0;
for (let call = 0; call < 200; call++) {
  await engine.system.ping({});
  answered++;
}

const { folder } = await engine.project.suggestFolder({ name: 'Boat' });
const editorId = 'window-desktop' as EditorId;
const made = await engine.project.create({ folder, name: 'Boat', language: 'en', editorId });
const stream = made.kind === 'done' ? await engine.project.watch({ projectId: made.value.projectId }) : undefined;
const heard = await stream?.next();
await stream?.return?.();

const served = await desktop.request('shotloom://app/');
const engines = descendantsOf(process.pid).filter((pid) => commandLine(pid).includes('engine.mjs'));
const engineNodes = engines.map((pid) => linkAt(`/proc/${pid}/exe`));
const listening = [process.pid, ...descendantsOf(process.pid)].flatMap(listeningPortsOf);

killDescendants(process.pid, 'engine.mjs');
const secondEngine = await greeting(firstEngine);
link.close();

window.destroy();
app.quit();
while (!desktop.hasQuit) await settled();

console.log(
  JSON.stringify({
    required,
    functions: Object.keys(bridge).length,
    made: made.kind,
    firstEvent: heard?.value && 'event' in heard.value ? heard.value.event.kind : undefined,
    windowStatus: served.status,
    window: (await served.text()).includes('id="root"'),
    engineNodes,
    listening,
    isNewEngine: firstEngine !== secondEngine,
    left: descendantsOf(process.pid).length,
    answered,
  }),
);
process.exit(0);

/** TCP and UDP ports that a process listens on, as Linux tells them. */
function listeningPortsOf(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap(
      (name) => /^socket:\[(\d+)\]$/.exec(linkAt(`/proc/${pid}/fd/${name}`))?.[1] ?? [],
    ),
  );
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) => {
    const lines = readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').trim().split('\n').slice(1);
    return lines.flatMap((line) => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      const isOpen = kind.startsWith('udp') || state === '0A';
      return isOpen && sockets.has(inode) ? [`${kind} ${local}`] : [];
    });
  });
}

function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed while it was looked at
  }
}
