import { z } from 'zod';
import { packIdSchema } from '../../engine/contract/ids.ts';
import { longestPrompt, type ShotDraft } from '../generate/shot-draft.ts';
import type { Project } from './project.ts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const draftSchema = z.object({
  prompt: z.string().max(longestPrompt),
  seed: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('random') }),
    z.object({ kind: z.literal('kept'), seed: z.number().int().nonnegative() }),
  ]),
  packId: packIdSchema.optional(),
  frameCount: z.number().int().positive().optional(),
  steps: z.number().int().positive().optional(),
  guidanceScale: z.number().optional(),
}) satisfies z.ZodType<ShotDraft>;

/** The shot that was being written in a project: kept in this browser, one entry a folder. */
export function readSavedDraft(storage: Storage, folder: string): ShotDraft | undefined {
  try {
    return draftSchema.parse(JSON.parse(storage.getItem(keyOf(folder)) ?? ''));
  } catch {
    return undefined; // never kept, or kept by another version: start afresh
  }
}

export function saveDraft(storage: Storage, { shotDraft, folder }: Pick<Project, 'shotDraft' | 'folder'>): void {
  shotDraft.subscribe((draft) => storage.setItem(keyOf(folder), JSON.stringify(draft)));
}

function keyOf(folder: string): string {
  return `shotloom.draft ${folder}`;
}
