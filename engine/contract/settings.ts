import { z } from 'zod';
import { deviceChoiceSchema } from './device.ts';

/** What caches of projects may take together unless told otherwise. */
export const defaultCacheCapBytes = 20e9;
/** Below this a cap would throw away what one film of an hour needs to be shown. */
export const leastCacheCapBytes = 1e9;

/**
 * How a person likes the program on this machine, whatever the project and the window. What was never set is absent:
 * a window then goes by what it remembers itself, or by the system.
 */
export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'zh-CN']).exactOptional(),
  theme: z.enum(['system', 'dark', 'light']).exactOptional(),
  motion: z.enum(['system', 'reduced', 'full']).exactOptional(),
  /** The ffmpeg to run; empty for the one that Shotloom finds. */
  ffmpegPath: z.string().exactOptional(),
  /** A folder of model packs; empty for the one that Shotloom keeps. */
  packFolder: z.string().exactOptional(),
  /** What shots run on; `auto` unless it was set. */
  device: deviceChoiceSchema.exactOptional(),
  /** The folders that the in-app file browser shows, with all below them; none for the home folder. */
  fileRoots: z.array(z.string().min(1)).max(50).exactOptional(),
  /** A folder that caches of projects are put into; empty for the one that Shotloom keeps. */
  cacheFolder: z.string().exactOptional(),
  /** What the caches of all projects may take together. */
  cacheCapBytes: z.number().int().min(leastCacheCapBytes).exactOptional(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What is changed by a word; caches are moved before the settings say where they lie. */
export const settingsChangeSchema = settingsSchema.omit({ cacheFolder: true });
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** How far caches have been moved. */
export const cacheMoveProgressSchema = z.object({ movedBytes: z.number(), totalBytes: z.number() });
export type CacheMoveProgress = z.infer<typeof cacheMoveProgressSchema>;

export const toldSettingsSchema = z.object({
  settings: settingsSchema,
  /** Where a settings file that could not be read lies now: it is as if nothing had been set. */
  setAside: z.string().exactOptional(),
});
export type ToldSettings = z.infer<typeof toldSettingsSchema>;

/** What the settings come to on this machine. */
export const settingsFactsSchema = z.object({
  /** The ffmpeg that runs; absent where none works. */
  ffmpegPath: z.string().exactOptional(),
  /** Whether FFMPEG_BIN names it, which goes before the setting. */
  isFfmpegGiven: z.boolean(),
  packFolder: z.string(),
  /** The folders that the in-app file browser shows now, beside the one for new projects. */
  fileRoots: z.array(z.string()),
  /** Whether the start of the program names them, which goes before the setting. */
  areFileRootsGiven: z.boolean(),
  /** The folder that caches lie in now. */
  cacheFolder: z.string(),
  /** What the caches of all projects take now. */
  cacheBytes: z.number(),
});
export type SettingsFacts = z.infer<typeof settingsFactsSchema>;
