import { createRoot } from 'react-dom/client';
import { bridgeName, type DesktopBridge } from '../engine/contract/desktop-bridge.ts';
import { webSocketPort } from '../engine/rpc/port.ts';
import { followAddress } from './address.ts';
import { App } from './app.tsx';
import { createDesktopHost } from './desktop/desktop-host.ts';
import { desktopPorts } from './desktop/desktop-port.ts';
import { joinDesktop, pageState } from './desktop/join-desktop.ts';
import { editorIdOfWindow, isReload } from './editor-id.ts';
import { createFileBrowser } from './host/file-browser-store.ts';
import { createWebHost } from './host/web-host.ts';
import { webSession } from './host/web-session.ts';
import { wordsNow } from './i18n/index.ts';
import { createPlayer } from './playback/player.ts';
import { createServices } from './services.ts';

// The window, the same under every host: in the desktop shell where its bridge is there, else over the web host.

const bridge = window[bridgeName];
const services = createServices({
  ...(bridge ? desktopParts(bridge) : webParts()),
  createPlayer,
  editorId: editorIdOfWindow(sessionStorage, isReload()),
});
followAddress(services.desk);
if (bridge) joinDesktop({ bridge, services, words: wordsNow, page: pageState });

const root = document.getElementById('root');
if (root) createRoot(root).render(<App services={services} />);

function desktopParts(desktop: DesktopBridge) {
  return {
    openPort: desktopPorts(desktop, window),
    host: createDesktopHost(desktop, (key, values) => wordsNow()(key, values)),
  };
}

function webParts() {
  const fileBrowser = createFileBrowser();
  const askHost = webSession();
  void askHost(); // while it is signed in the window learns how to come back
  const openPort = () => webSocketPort(new WebSocket('/rpc'));
  return { askHost, openPort, host: createWebHost(fileBrowser), fileBrowser };
}
