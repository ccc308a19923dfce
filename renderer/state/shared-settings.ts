import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../engine/contract/failure.ts';
import type { Settings, SettingsChange } from '../../engine/contract/settings.ts';
import type { EngineClient } from '../../engine/rpc/client.ts';
import { sentence } from '../i18n/sentence.ts';
import type { EngineLink } from './connection.ts';
import { followEngine } from './follow-engine.ts';
import type { Notices } from './notices.ts';
import type { SettingsStore } from './settings-store.ts';

/** The settings as the engine keeps them for every window of this machine. */
export interface SharedSettings {
  readonly store: StoreApi<Settings>;
  /** Takes hold in this window at once. Answers why the engine would not keep it; what it cannot hear now it is told later. */
  change(changes: SettingsChange): Promise<Failure | undefined>;
  /** Follows the engine no longer. */
  close(): void;
}

export interface SharedSettingsOptions {
  readonly link: EngineLink;
  /** How this window looks: what the engine keeps goes before what the browser remembers. */
  readonly own: SettingsStore;
  readonly notices: Notices;
}

export function shareSettings({ link, own, notices }: SharedSettingsOptions): SharedSettings {
  const store = createStore<Settings>(() => ({}));
  let told: Settings = {};
  let unsent: SettingsChange = {};
  const closed = new AbortController();

  const show = () => {
    const settings = { ...told, ...unsent };
    store.setState(settings, true);
    const { language, theme, motion } = settings;
    own.setState({ ...(language && { language }), ...(theme && { theme }), ...(motion && { motion }) });
  };

  const send = async (engine: EngineClient): Promise<Failure | undefined> => {
    const sending = unsent;
    if (Object.keys(sending).length === 0) return undefined;
    const outcome = await engine.settings.change(sending);
    if (unsent === sending) unsent = {};
    if (outcome.kind === 'done') told = outcome.value;
    show();
    return outcome.kind === 'failed' ? outcome.failure : undefined;
  };

  const followOne = async (engine: EngineClient) => {
    await send(engine);
    for await (const { settings, setAside } of await engine.settings.follow({}, { signal: closed.signal })) {
      told = settings;
      show();
      if (setAside !== undefined) tellSetAside(setAside);
    }
  };

  let lastSetAside: string | undefined;
  const tellSetAside = (path: string) => {
    if (path === lastSetAside) return;
    lastSetAside = path;
    notices.tell({ severity: 'attention', sentence: sentence('notice.settingsSetAside', { path }), isKept: true });
  };

  void followEngine(link, followOne, closed.signal);

  return {
    store,
    change: async (changes) => {
      unsent = { ...unsent, ...changes };
      show();
      const connection = link.store.getState();
      if (connection.kind !== 'connected') return undefined;
      return send(connection.engine).catch(() => undefined);
    },
    close: () => closed.abort(),
  };
}
