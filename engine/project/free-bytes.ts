import { statfs } from 'node:fs/promises';

/** Bytes this user may still write where a folder lies; 0 when that cannot be told. */
export async function freeBytesIn(folder: string): Promise<number> {
  const stats = await statfs(folder).catch(() => undefined);
  return stats ? stats.bavail * stats.bsize : 0;
}
