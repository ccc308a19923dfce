import { BrowserWindow } from 'electron';
import { windowOrigin } from '../../engine/contract/desktop-bridge.ts';

export interface WindowOptions {
  /** The bundled preload script. */
  readonly preload: string;
  /** The project it opens with; without one, the start page. */
  readonly folder?: string | undefined;
}

/** The dark theme's ground, so that no white flashes before the first picture. */
const ground = '#0c0d0f';

/** Opens a window on the editor. The page in it can reach nothing of Node, and of Electron only the bridge. */
export function openWindow({ preload, folder }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1600,
    height: 1000,
    minWidth: 1280,
    minHeight: 720,
    show: false,
    backgroundColor: ground,
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
  window.once('ready-to-show', () => window.show());
  void window.loadURL(
    folder === undefined ? `${windowOrigin}/` : `${windowOrigin}/#/project/${encodeURIComponent(folder)}`,
  );
  return window;
}
