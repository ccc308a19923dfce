import type { PromptReading } from '../contract/generation.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { ShotWork } from '../generate/estimate.ts';
import type { PackManifest } from './manifest.ts';

/**
 * A pack whose manifest and words were read; its weights were not touched yet. Whatever follows from how its family's
 * networks are fed is asked of the pack itself: lists, estimates and jobs know no family.
 */
export interface Pack {
  readonly family: string;
  /** The folder that holds `pack.json`. */
  readonly folder: string;
  readonly manifest: PackManifest;
  /** What this version can ask of the family; a manifest may list fewer tasks, or tasks of a later day. */
  readonly serves: readonly ShotRequest['task'][];
  /** How the pack hears a prompt. */
  readPrompt(prompt: string): PromptReading;
  /** How much there is to compute. Throws FailureError `bad-request` for a shot the pack does not make. */
  shotWork(request: ShotRequest): ShotWork;
  /** The words of a closed vocabulary; absent where a pack reads whatever is written. */
  readonly knownWords?: KnownWords;
}

export interface KnownWords {
  readonly count: number;
  /** A word for each thing that a prompt can be about. */
  readonly suggestions: { readonly en: readonly string[]; readonly zh: readonly string[] };
}
