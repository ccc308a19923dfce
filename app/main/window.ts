import { BrowserWindow } from 'electron';
import { windowOrigin } from '../../engine/contract/desktop-bridge.ts';
import type { TitleBars } from './title-bar.ts';
import { smallest, type WindowOpening } from './window-place.ts';

export interface WindowOptions {
  /** The bundled preload script. */
  readonly preload: string;
  /** The project it opens with; without one, the start page. */
  readonly folder?: string | undefined;
  readonly opening: WindowOpening;
  readonly titleBar: ReturnType<TitleBars['options']>;
}

/** Opens a window on the editor. The page in it can reach nothing of Node, and of Electron only the bridge. */
export function openWindow({ preload, folder, opening, titleBar }: WindowOptions): BrowserWindow {
  const { width, height, at, fills } = opening;
  const window = new BrowserWindow({
    width,
    height,
    ...at,
    useContentSize: true, // which the smallest size then is, too
    minWidth: smallest.width,
    minHeight: smallest.height,
    ...(fills === 'screen' && { fullscreen: true }), // macOS takes an explicit false for never
    show: false,
    ...titleBar,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
      // Playback must not slow down while another window lies in front.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => {
    if (fills === 'work-area') window.maximize();
    window.show();
  });
  void window.loadURL(
    folder === undefined ? `${windowOrigin}/` : `${windowOrigin}/#/project/${encodeURIComponent(folder)}`,
  );
  return window;
}
