import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Language } from '../../engine/contract/failure-words.ts';

/** How this person likes the window, whatever the project. */
export interface WindowSettings {
  readonly language: 'system' | Language;
  readonly theme: 'system' | 'dark' | 'light';
  readonly motion: 'system' | 'reduced' | 'full';
  /** Panel sizes the editor has dragged; absent ones follow the window. */
  readonly panels: Panels;
}

export interface Panels {
  readonly leftPx?: number | undefined;
  readonly rightPx?: number | undefined;
  readonly timelinePx?: number | undefined;
}

export type SettingsStore = StoreApi<WindowSettings>;

const settingsKey = 'shotloom.settings';
const size = z.number().positive().max(4000).optional();
const fresh: WindowSettings = { language: 'system', theme: 'dark', motion: 'system', panels: {} };
const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'zh-CN']).default(fresh.language),
  theme: z.enum(['system', 'dark', 'light']).default(fresh.theme),
  motion: z.enum(['system', 'reduced', 'full']).default(fresh.motion),
  panels: z.object({ leftPx: size, rightPx: size, timelinePx: size }),
});

/**
 * What this browser remembers, so that the window looks right before the engine has answered; every change is written
 * back. What the engine keeps goes before it: see `shared-settings.ts`.
 */
export function createSettingsStore(storage: Pick<Storage, 'getItem' | 'setItem'>): SettingsStore {
  const store = createStore<WindowSettings>(() => readSettings(storage.getItem(settingsKey)) ?? fresh);
  store.subscribe((settings) => storage.setItem(settingsKey, JSON.stringify(settings)));
  return store;
}

/** The language the window speaks. */
export function spokenLanguage({ language }: WindowSettings, systemLanguages: readonly string[]): Language {
  if (language !== 'system') return language;
  return systemLanguages[0]?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

function readSettings(text: string | null): WindowSettings | undefined {
  try {
    return settingsSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined; // never kept, or kept by another version: start afresh
  }
}
