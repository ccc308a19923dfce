import { createRoot } from 'react-dom/client';
import type { EditorId, MediaId } from '../../engine/contract/ids.ts';
import { App } from '../app.tsx';
import { createFileBrowser } from '../host/file-browser-store.ts';
import { createWebHost } from '../host/web-host.ts';
import { createServices } from '../services.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import { createPosterPlayer } from './poster-player.ts';
import { createStandInEngine, type StandInEngine } from './stand-in/engine.ts';
import { rushes } from './stand-in/shelf.ts';

// The whole window over an engine in the same page: for tests that drive the interface and nothing behind it.

declare global {
  interface Window {
    /** What a test may turn: how fast shots run, whether they fail, and the plug. */
    standIn: StandInEngine;
    /** How this window looks, for tests that look at it in another way. */
    ownSettings: SettingsStore;
  }
}

const engine = createStandInEngine();
window.standIn = engine;
const fileBrowser = createFileBrowser();
const addresses = new Map<MediaId, string>();

const mediaUrl = (media: MediaId): string => {
  const known = addresses.get(media);
  const blob = engine.media.get(media);
  if (known || !blob) return known ?? '/missing';
  const address = URL.createObjectURL(blob);
  addresses.set(media, address);
  return address;
};

const services = createServices({
  openPort: engine.openPort,
  askHost: async () => engine.hostStanding,
  host: {
    ...createWebHost(fileBrowser),
    mediaUrl,
    pathsOfDropped: async (files) => files.map((file) => ({ path: `${rushes}/${file.name}` })),
  },
  fileBrowser,
  createPlayer: createPosterPlayer,
  editorId: 'window-test' as EditorId,
});

window.ownSettings = services.settings;

const root = document.getElementById('root');
if (root) createRoot(root).render(<App services={services} />);
