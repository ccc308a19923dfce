import { z } from 'zod';

/** Raised whenever an older window could misunderstand the engine. */
export const contractVersion = 1;

export const helloSchema = z.object({
  contractVersion: z.number().int(),
  appVersion: z.string(),
  /** New on every start of the engine: a window that sees it change has lost nothing but must resubscribe. */
  engineId: z.string(),
  platform: z.string(),
  processorName: z.string(),
  logicalCores: z.number().int(),
  memoryBytes: z.number(),
});
export type Hello = z.infer<typeof helloSchema>;

export const folderEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'project', 'file']),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
});
export type FolderEntry = z.infer<typeof folderEntrySchema>;

/** One folder in the in-app file browser. Only folders below the host's roots can be listed. */
export const folderListingSchema = z.object({
  path: z.string(),
  parent: z.string().exactOptional(),
  roots: z.array(z.object({ name: z.string(), path: z.string() })),
  entries: z.array(folderEntrySchema),
  freeBytes: z.number(),
});
export type FolderListing = z.infer<typeof folderListingSchema>;
