import type { EditorId } from '../engine/contract/ids.ts';
import type { Port } from '../engine/rpc/port.ts';
import { createShotDraft } from './generate/shot-draft.ts';
import type { FileBrowser } from './host/file-browser-store.ts';
import type { HostApi } from './host/host-api.ts';
import { startI18n } from './i18n/index.ts';
import { createMediaFiles } from './media/media-files.ts';
import type { Player, PlayerOptions } from './playback/player.ts';
import { followTheme } from './shell/theme.ts';
import { createCacheMove } from './state/cache-move.ts';
import { type HostStanding, linkEngine } from './state/connection.ts';
import { createDesk } from './state/desk.ts';
import { followGenerator } from './state/generator-store.ts';
import { createNotices, engineAway } from './state/notices.ts';
import { followPacks } from './state/packs-store.ts';
import type { Services } from './state/services.tsx';
import { createSettingsStore, spokenLanguage } from './state/settings-store.ts';
import { shareSettings } from './state/shared-settings.ts';
import { createWindowStore } from './state/window-store.ts';
import { followFocusCause } from './ui/focus-cause.ts';
import { refuseStrayDrops } from './ui/stray-drops.ts';

export interface WindowParts {
  readonly openPort: () => Port;
  readonly askHost?: () => Promise<HostStanding>;
  readonly host: HostApi;
  readonly fileBrowser?: FileBrowser;
  readonly createPlayer: (options: PlayerOptions) => Player;
  readonly editorId: EditorId;
}

/** Makes everything the window stands on. Called once, before the first view. */
export function createServices(parts: WindowParts): Services {
  const { openPort, askHost, host, fileBrowser, createPlayer, editorId } = parts;
  const settings = createSettingsStore(localStorage);
  const language = () => spokenLanguage(settings.getState(), navigator.languages);
  const i18n = startI18n(language());
  settings.subscribe(() => void i18n.changeLanguage(language()));
  followTheme(settings);
  followFocusCause();
  refuseStrayDrops();

  const link = linkEngine({ openPort, ...(askHost && { askHost }) });
  const notices = createNotices();
  link.store.subscribe(({ kind }) => kind === 'connected' && notices.mended(engineAway.cause));
  const sharedSettings = shareSettings({ link, own: settings, notices });
  return {
    link,
    host,
    ...(fileBrowser && { fileBrowser }),
    notices,
    settings,
    sharedSettings,
    cacheMove: createCacheMove(),
    desk: createDesk({
      ...{ link, editorId, notices, storage: localStorage, language },
      ...(host.mayShow && { mayShow: host.mayShow }),
    }),
    packs: followPacks(link, sharedSettings),
    generator: followGenerator(link),
    shotDraft: createShotDraft(),
    window: createWindowStore(),
    media: createMediaFiles(host.mediaUrl),
    createPlayer,
  };
}
