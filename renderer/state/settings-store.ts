import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Language } from '../../engine/contract/failure-words.ts';

/** How this person likes the window, whatever the project. */
export interface Settings {
  readonly language: Language;
  readonly theme: 'system' | 'dark' | 'light';
  /** Panel sizes the editor has dragged; absent ones follow the window. */
  readonly panels: Panels;
}

export interface Panels {
  readonly leftPx?: number | undefined;
  readonly rightPx?: number | undefined;
  readonly timelinePx?: number | undefined;
}

export type SettingsStore = StoreApi<Settings>;

const settingsKey = 'shotloom.settings';
const size = z.number().positive().max(4000).optional();
const settingsSchema = z.object({
  language: z.enum(['en', 'zh-CN']),
  theme: z.enum(['system', 'dark', 'light']),
  panels: z.object({ leftPx: size, rightPx: size, timelinePx: size }),
});

/** Reads the settings this browser keeps, and writes every change back. */
export function createSettingsStore(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  systemLanguages: readonly string[],
): SettingsStore {
  const store = createStore<Settings>(
    () => readSettings(storage.getItem(settingsKey)) ?? freshSettings(systemLanguages),
  );
  store.subscribe((settings) => storage.setItem(settingsKey, JSON.stringify(settings)));
  return store;
}

function freshSettings(systemLanguages: readonly string[]): Settings {
  const language = systemLanguages[0]?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
  return { language, theme: 'dark', panels: {} };
}

function readSettings(text: string | null): Settings | undefined {
  try {
    return settingsSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined; // never kept, or kept by another version: start afresh
  }
}
