import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { PackSummary } from '../../engine/contract/generation.ts';
import type { Generator } from '../../engine/contract/generator.ts';
import type { Film, Sequence } from '../../engine/document/film.ts';
import type { EngineClient } from '../../engine/rpc/client.ts';
import type { ShotDraftStore } from '../generate/shot-draft.ts';
import type { FileBrowser } from '../host/file-browser-store.ts';
import type { HostApi } from '../host/host-api.ts';
import type { MediaFiles } from '../media/media-files.ts';
import type { Player, PlayerOptions } from '../playback/player.ts';
import type { CacheMove } from './cache-move.ts';
import type { Connection, EngineLink } from './connection.ts';
import type { Desk } from './desk.ts';
import type { GeneratorStore } from './generator-store.ts';
import type { Library } from './library-store.ts';
import type { Notices } from './notices.ts';
import type { PacksStore } from './packs-store.ts';
import { mainSequence, type Project } from './project.ts';
import type { Session } from './session-store.ts';
import type { SettingsStore, WindowSettings } from './settings-store.ts';
import type { SharedSettings } from './shared-settings.ts';
import type { WindowStore } from './window-store.ts';

/** What every view may lean on, made once when the window starts. */
export interface Services {
  readonly link: EngineLink;
  readonly host: HostApi;
  /** Present where dialogs are drawn in the page. */
  readonly fileBrowser?: FileBrowser;
  readonly notices: Notices;
  /** How this window looks. */
  readonly settings: SettingsStore;
  /** What every window of this machine goes by; changed here, and nowhere else. */
  readonly sharedSettings: SharedSettings;
  readonly cacheMove: CacheMove;
  readonly desk: Desk;
  readonly packs: PacksStore;
  readonly generator: GeneratorStore;
  /** The shot being written on the start page; every project has its own. */
  readonly shotDraft: ShotDraftStore;
  readonly window: WindowStore;
  readonly media: MediaFiles;
  readonly createPlayer: (options: PlayerOptions) => Player;
}

export const ServicesContext = createContext<Services | undefined>(undefined);
export const ProjectContext = createContext<Project | undefined>(undefined);

export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('no services around this view');
  return services;
}

/** The open project; only views of the Edit page may ask. */
export function useProject(): Project {
  const project = use(ProjectContext);
  if (!project) throw new Error('no project around this view');
  return project;
}

export function useConnection(): Connection {
  return useStore(useServices().link.store);
}

/** The engine while it is connected. */
export function useEngine(): EngineClient | undefined {
  const connection = useConnection();
  return connection.kind === 'connected' ? connection.engine : undefined;
}

export function useSettings<T>(select: (settings: WindowSettings) => T): T {
  return useStore(useServices().settings, select);
}

/** The packs, or undefined until the engine has told. */
export function usePacks(): readonly PackSummary[] | undefined {
  return useStore(useServices().packs);
}

/** Whether shots can be made. */
export function useGenerator(): Generator {
  return useStore(useServices().generator);
}

export function useFilm<T>(select: (film: Film) => T): T {
  return useStore(useProject().film.store, (state) => select(state.history.present));
}

export function useSequence<T>(select: (sequence: Sequence) => T): T {
  return useFilm((film) => select(mainSequence(film)));
}

export function useLibrary<T>(select: (library: Library) => T): T {
  return useStore(useProject().library, select);
}

export function useSession<T>(select: (session: Session) => T): T {
  return useStore(useProject().session, select);
}

export function useIsReader(): boolean {
  return useStore(useProject().film.store, (state) => state.role === 'reader');
}
