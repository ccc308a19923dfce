import { BrowserWindow, type WebContents } from 'electron';
import type { Asked } from '../../engine/contract/desktop-bridge.ts';
import type { TitleBars } from './title-bar.ts';
import { openWindow } from './window.ts';
import type { WindowMemory } from './window-memory.ts';

/** The windows there are, and which project each of them shows. */
export interface OpenWindows {
  all(): readonly BrowserWindow[];
  /** A new window, on a project or on the start page. */
  open(folder?: string): void;
  /**
   * Brings a project to the front: in the window that shows it, else in one that shows none, else in a new one. Without
   * a project, any window comes to the front.
   */
  bring(folder: string | undefined): void;
  /** A window tells what it shows. Answers whether it may: a project that another shows brings that one to the front. */
  shows(contents: WebContents, folder: string | undefined): boolean;
  ask(window: BrowserWindow, asked: Asked): void;
}

export interface OpenWindowsOptions {
  readonly preload: string;
  readonly memory: WindowMemory;
  readonly titleBars: Pick<TitleBars, 'options'>;
  /** Called before a window closes, however it comes to that. */
  readonly onClose: (window: BrowserWindow, event: { preventDefault(): void }) => void;
}

export function createOpenWindows({ preload, memory, titleBars, onClose }: OpenWindowsOptions): OpenWindows {
  const shown = new Map<BrowserWindow, string | undefined>();

  const open = (folder?: string) => {
    const window = openWindow({ preload, folder, opening: memory.opening(), titleBar: titleBars.options() });
    shown.set(window, folder);
    memory.follow(window);
    window.on('close', (event) => onClose(window, event));
    window.on('closed', () => shown.delete(window));
    bringBackCrashed(window);
  };
  const ask = (window: BrowserWindow, asked: Asked) => window.webContents.send('asked', asked);

  return {
    all: () => [...shown.keys()],
    open,
    ask,
    bring: (folder) => {
      const windows = [...shown];
      const own = windows.find(([, each]) => each === folder);
      const free = windows.find(([, each]) => each === undefined);
      const [window] = folder === undefined ? (windows.at(-1) ?? []) : (own ?? free ?? []);
      if (!window) return open(folder);
      if (folder !== undefined && shown.get(window) !== folder) ask(window, { kind: 'open-project', folder });
      toFront(window);
    },
    shows: (contents, folder) => {
      const window = BrowserWindow.fromWebContents(contents);
      if (!window || !shown.has(window)) return false;
      const [other] = [...shown].find(([each, its]) => each !== window && its !== undefined && its === folder) ?? [];
      if (other) {
        toFront(other);
        return false;
      }
      shown.set(window, folder);
      window.setRepresentedFilename(folder ?? ''); // macOS: the folder behind the title
      return true;
    },
  };
}

/**
 * A page that crashes comes back by itself: its gestures are in the journal. One that crashes again at once would do so
 * for ever; its window is closed.
 */
function bringBackCrashed(window: BrowserWindow): void {
  let lastMs = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const isAgain = performance.now() - lastMs < calmMs;
    lastMs = performance.now();
    if (isAgain) window.destroy();
    else window.webContents.reload();
  });
}

const calmMs = 10_000;

export function toFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
