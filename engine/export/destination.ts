import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ExportRequest } from '../contract/export.ts';
import { FailureError } from '../contract/failure.ts';
import { freeName } from '../project/file-names.ts';

/**
 * Makes sure that a finished film may be put at a path. Throws a FailureError: `folder-missing` (none is made, since a
 * mistyped one would be), `not-writable` for a folder of that name, `file-exists` unless what is there may be replaced.
 */
export async function expectFreeDestination(path: string, existing: ExportRequest['existing']): Promise<void> {
  const folder = dirname(path);
  if (!(await statsOf(folder))?.isDirectory()) throw new FailureError({ code: 'folder-missing', path: folder });
  const present = await statsOf(path);
  if (present?.isDirectory()) throw new FailureError({ code: 'not-writable', path });
  if (!present || existing === 'replace') return;
  const freePath = join(folder, freeName(basename(path), new Set(await readdir(folder))));
  const { size: sizeBytes, mtimeMs: modifiedMs } = present;
  throw new FailureError({ code: 'file-exists', path, sizeBytes, modifiedMs, freePath });
}

function statsOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}
