import type { DesktopBridge } from '../../engine/contract/desktop-bridge.ts';
import { isMac } from '../commands/registry.ts';
import type { HostApi, Uploaded } from '../host/host-api.ts';
import type { MessageKey } from '../i18n/messages.ts';
import type { Message } from '../i18n/sentence.ts';

type Say = (key: MessageKey, values?: Message['values']) => string;

/** The host in the desktop shell: the system's own dialogs, and files that stay where they lie. */
export function createDesktopHost(bridge: DesktopBridge, say: Say): HostApi {
  return {
    copiesDropped: false,
    chooseMedia: () => bridge.chooseMedia({ title: say('files.openMedia') }),
    chooseMediaFile: async (name) => (await bridge.chooseMedia({ title: say('missing.locateOne', { name }) }))?.[0],
    // The system asks for every folder in one way; its title says what for.
    chooseFolder: (title) => bridge.chooseProject({ title: say(title) }),
    chooseProject: () => bridge.chooseProject({ title: say('files.openProject') }),
    chooseExportFile: (suggestion) =>
      bridge.chooseExportFile({ ...suggestion, title: say('files.saveExport'), kind: say('shell.film') }),
    mayShow: (folder) => bridge.showProject({ folder }),
    pathsOfDropped: async (files) => files.map((file) => placeOf(bridge.pathOf(file), file)),
    ...(!isMac && { openMenu: (openAt: { x: number; y: number }) => void bridge.setMenu({ openAt }) }),
    revealFile: (path) => bridge.revealFile({ path }),
    mediaUrl: (media) => `/media/${media}`,
  };
}

/** A picture dragged out of another program may be bytes without a place. */
function placeOf(path: string, { name }: File): Uploaded {
  if (path !== '') return { path };
  return { failure: { code: 'media-unreadable', path: name, reason: 'there is no such file' } };
}
