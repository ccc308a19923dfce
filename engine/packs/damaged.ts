import { basename } from 'node:path';
import { FailureError } from '../contract/failure.ts';
import { type PackId, packIdSchema } from '../contract/ids.ts';

/** A pack that cannot be trusted: which file, and why, in a sentence that begins small. */
export function damaged(packId: PackId, file: string, cause: unknown): FailureError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const options = cause instanceof Error ? { cause } : {};
  return new FailureError({ code: 'pack-damaged', packId, file, reason }, options);
}

/** What to call a pack whose manifest does not even say its name. */
export function packIdOfFolder(folder: string): PackId {
  const named = packIdSchema.safeParse(basename(folder));
  return named.success ? named.data : packIdSchema.parse('unknown');
}
