import { FailureError } from '../contract/failure.ts';
import type { Imported } from '../contract/library.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import type { Library } from '../library/library.ts';
import { writeTake } from '../library/take-folder.ts';
import type { ProjectLayout } from '../project/layout.ts';
import type { Workshop } from './workshop.ts';

export interface ImportTools {
  readonly workshop: Pick<Workshop, 'probe'>;
  readonly layout: ProjectLayout;
  readonly takes: Library;
  /** Puts a take that was written down where windows see it. */
  readonly showTake: (record: TakeRecord) => Promise<void>;
  readonly newId: () => string;
}

/**
 * Imports files where they lie, one after the other: one named twice is found to be known, and a thousand are not
 * probed at once. The same file imported again is the take it was.
 */
export function fileImporter(tools: ImportTools): (path: string) => Promise<Imported> {
  let last: Promise<unknown> = Promise.resolve();
  return (path) => {
    const imported = last.then(() => importFile(tools, path));
    last = imported.catch(() => {});
    return imported;
  };
}

async function importFile({ workshop, layout, takes, showTake, newId }: ImportTools, path: string): Promise<Imported> {
  const probed = await workshop.probe(path, `take-${newId()}` as TakeId, layout);
  if (probed.kind === 'failed') return { kind: 'refused', path, failure: probed.failure };
  const known = alreadyImported(takes, probed.value);
  if (known) return { kind: 'imported', path, entry: known };
  try {
    await writeTake(layout, probed.value);
  } catch (error) {
    if (error instanceof FailureError) return { kind: 'refused', path, failure: error.failure };
    throw error;
  }
  await showTake(probed.value);
  const entry = takes.find(probed.value.facts.id);
  return entry
    ? { kind: 'imported', path, entry }
    : { kind: 'refused', path, failure: { code: 'media-missing', path } };
}

function alreadyImported(takes: Library, { origin }: TakeRecord) {
  if (origin.kind !== 'imported') return undefined;
  return takes.entries().find((entry) => {
    const other = entry.kind === 'ready' ? entry.record.origin : undefined;
    return (
      other?.kind === 'imported' &&
      other.file.absolutePath === origin.file.absolutePath &&
      other.file.sampleHash === origin.file.sampleHash
    );
  });
}
