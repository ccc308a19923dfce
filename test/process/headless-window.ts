import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket as Socket } from 'ws';
import type { EditorId } from '../../engine/contract/ids.ts';
import { webSocketPort } from '../../engine/rpc/port.ts';
import { type EngineLink, linkEngine } from '../../renderer/state/connection.ts';
import { createDesk, type Desk } from '../../renderer/state/desk.ts';
import { createNotices, type Notices } from '../../renderer/state/notices.ts';

const entry = join(import.meta.dirname, '../../dist/node/web.mjs');

/** The web host as a process, and the way in for a window. */
export interface RunningHost {
  readonly pid: number;
  openPort(): ReturnType<typeof webSocketPort>;
  /** As Ctrl+C does: the engine folds its projects first. */
  stop(): Promise<void>;
}

export async function startHost(home: string): Promise<RunningHost> {
  const child = spawn(process.execPath, [entry, '--root', home], {
    env: { ...process.env, SHOTLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const link = new URL(await addressToldBy(child));
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { origin, host } = link;
  return {
    pid: child.pid ?? 0,
    openPort: () => {
      const socket = new Socket(`ws://${host}/rpc`, { headers: { cookie, origin } });
      socket.on('error', () => {}); // it closes, which says it all
      // It has all that a port uses of a browser's socket; and a cookie, which Node's own cannot be given.
      return webSocketPort(socket as unknown as WebSocket);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressToldBy(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('the host was started without a pipe to hear it by');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /^Shotloom is at (http\S+)$/.exec(line)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
  });
}

/** The window's own stores, joined to a host as a tab's are, without a screen. They outlive any host. */
export interface HeadlessWindow {
  readonly link: EngineLink;
  readonly notices: Notices;
  readonly desk: Desk;
  readonly editorId: EditorId;
}

export function openWindow(openPort: RunningHost['openPort']): HeadlessWindow {
  const link = linkEngine({ openPort });
  const notices = createNotices();
  const editorId = `window-${randomUUID()}` as EditorId;
  const storage = { getItem: () => null, setItem: () => {} };
  return { link, notices, editorId, desk: createDesk({ link, editorId, notices, storage, language: () => 'en' }) };
}
