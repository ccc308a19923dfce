import type { ContextBridge, IpcRenderer, IpcRendererEvent, WebUtils } from 'electron';
import type { Asked, bridgeName, DesktopBridge } from '../../engine/contract/desktop-bridge.ts';
import type { DesktopChannel, DesktopRequest } from '../../engine/contract/desktop-requests.ts';

/** What a sandboxed preload script has of Electron, as far as it is needed here. */
export interface PreloadElectron {
  readonly contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>;
  readonly ipcRenderer: Pick<IpcRenderer, 'invoke'> & {
    on(channel: string, listener: (event: IpcRendererEvent, ...said: unknown[]) => void): unknown;
  };
  readonly webUtils: Pick<WebUtils, 'getPathForFile'>;
}

interface PageWindow {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: Transferable[]): void;
}

const name: typeof bridgeName = 'shotloom';

/**
 * Gives the page its bridge: one frozen object, each function one channel of fixed name. Electron itself never crosses:
 * a page that could name channels, or listen to them, could ask for what no function here offers.
 */
export function exposeBridge({ contextBridge, ipcRenderer, webUtils }: PreloadElectron, window: PageWindow): void {
  const ask =
    <Channel extends DesktopChannel>(channel: Channel) =>
    (request: DesktopRequest<Channel>) =>
      ipcRenderer.invoke(channel, request);

  // A port cannot pass the bridge: it goes on, with its EnginePortMessage, as a message of the page to itself.
  ipcRenderer.on('engine-port', ({ ports }, message) => {
    window.postMessage(message, window.location.origin, [...ports]);
  });

  const bridge: DesktopBridge = {
    connect: ask('connect'),
    chooseMedia: ask('chooseMedia'),
    chooseProject: ask('chooseProject'),
    chooseExportFile: ask('chooseExportFile'),
    pathOf: (file) => webUtils.getPathForFile(file),
    revealFile: ask('revealFile'),
    notify: ask('notify'),
    setMenu: ask('setMenu'),
    setTheme: ask('setTheme'),
    showProject: ask('showProject'),
    answerClosing: ask('answerClosing'),
    onAsked: (listener) => void ipcRenderer.on('asked', (_event, asked) => listener(asked as Asked)),
  };
  contextBridge.exposeInMainWorld(name, Object.freeze(bridge));
}
