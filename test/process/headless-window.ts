import { randomUUID } from 'node:crypto';
import { WebSocket as Socket } from 'ws';
import type { EditorId } from '../../engine/contract/ids.ts';
import { webSocketPort } from '../../engine/rpc/port.ts';
import { type EngineLink, linkEngine } from '../../renderer/state/connection.ts';
import { createDesk, type Desk } from '../../renderer/state/desk.ts';
import { createNotices, type Notices } from '../../renderer/state/notices.ts';
import { type HostProcess, startHostProcess } from '../host-process.ts';

/** The web host as a process, and the way in for a window. */
export interface RunningHost extends Pick<HostProcess, 'pid' | 'stop'> {
  openPort(): ReturnType<typeof webSocketPort>;
}

export async function startHost(home: string): Promise<RunningHost> {
  const process = await startHostProcess(home, { errors: 'ignore' });
  const link = new URL(process.link);
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { origin, host } = link;
  return {
    ...process,
    openPort: () => {
      const socket = new Socket(`ws://${host}/rpc`, { headers: { cookie, origin } });
      socket.on('error', () => {}); // it closes, which says it all
      // It has all that a port uses of a browser's socket; and a cookie, which Node's own cannot be given.
      return webSocketPort(socket as unknown as WebSocket);
    },
  };
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
