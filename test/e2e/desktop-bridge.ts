import type { Page } from '@playwright/test';
import type { Asked, DesktopBridge } from '../../engine/contract/desktop-bridge.ts';
import type { ClosingAnswer, DesktopMenu } from '../../engine/contract/desktop-requests.ts';

/** What the page asked of the shell, and what the person at it chose. */
export interface ShellNotes {
  menus: DesktopMenu[];
  /** Where the menu was opened. */
  opened: { x: number; y: number }[];
  projects: (string | undefined)[];
  themes: string[];
  answers: ClosingAnswer[];
  revealed: string[];
  /** What the next file dialog answers. */
  chosen: string[];
  ask: (asked: Asked) => void;
}

declare global {
  interface Window {
    shellNotes: ShellNotes;
  }
}

/**
 * Dresses a page of the web host as the desktop's: the bridge is there, and its lines to the engine are message ports. In
 * Chromium as in Electron, the same bundle runs over it; the socket behind the ports is the web host's.
 */
export async function dressAsDesktop(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const listeners: ((asked: Asked) => void)[] = [];
    const notes: ShellNotes = {
      ...{ opened: [], menus: [], projects: [], themes: [], answers: [], revealed: [], chosen: [] },
      ask: (asked) => {
        for (const listener of listeners) listener(asked);
      },
    };
    const connect = async (connection: number): Promise<boolean> => {
      const socket = new WebSocket('/rpc');
      socket.binaryType = 'arraybuffer';
      const isOpen = await new Promise<boolean>((resolve) => {
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      });
      if (!isOpen) return false;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => (data === null ? socket.close() : socket.send(data));
      socket.onmessage = ({ data }) => port1.postMessage(typeof data === 'string' ? data : new Uint8Array(data));
      socket.onclose = () => port1.postMessage(null); // the line has ended
      window.postMessage({ kind: 'shotloom-engine-port', connection }, location.origin, [port2]);
      return true;
    };
    const bridge: DesktopBridge = {
      connect: ({ connection }) => connect(connection),
      chooseMedia: async () => notes.chosen.splice(0),
      chooseProject: async () => notes.chosen.shift(),
      chooseExportFile: async ({ folder, name }) => `${folder}/${name}`,
      pathOf: () => notes.chosen.shift() ?? '',
      revealFile: async ({ path }) => void notes.revealed.push(path),
      notify: async () => {},
      setMenu: async ({ menu, openAt }) => {
        if (menu) notes.menus.push(menu);
        if (openAt) notes.opened.push(openAt);
      },
      setTheme: async ({ theme }) => void notes.themes.push(theme),
      showProject: async ({ folder }) => {
        notes.projects.push(folder);
        return true;
      },
      answerClosing: async ({ answer }) => void notes.answers.push(answer),
      onAsked: (listener) => void listeners.push(listener),
    };
    Object.assign(window, { shotloom: Object.freeze(bridge), shellNotes: notes });
  });
  await page.reload();
}
