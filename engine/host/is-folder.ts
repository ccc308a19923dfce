import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

/** Whether a folder is there. One that is not named from the root is not: the name says nothing of where it begins. */
export async function isFolder(path: string): Promise<boolean> {
  if (!isAbsolute(path)) return false;
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}
