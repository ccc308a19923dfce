import { createRoot } from 'react-dom/client';
import { webSocketPort } from '../engine/rpc/port.ts';
import { followAddress } from './address.ts';
import { App } from './app.tsx';
import { editorIdOfWindow, isReload } from './editor-id.ts';
import { createFileBrowser } from './host/file-browser-store.ts';
import { createWebHost } from './host/web-host.ts';
import { webSession } from './host/web-session.ts';
import { createPlayer } from './playback/player.ts';
import { createServices } from './services.ts';

// The window as the web host serves it.

const fileBrowser = createFileBrowser();
const askHost = webSession();
void askHost(); // while it is signed in the window learns how to come back
const services = createServices({
  askHost,
  openPort: () => webSocketPort(new WebSocket('/rpc')),
  host: createWebHost(fileBrowser),
  fileBrowser,
  createPlayer,
  editorId: editorIdOfWindow(sessionStorage, isReload()),
});
followAddress(services.desk);

const root = document.getElementById('root');
if (root) createRoot(root).render(<App services={services} />);
