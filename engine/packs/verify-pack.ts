import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import type { PackId } from '../contract/ids.ts';
import { confinedFile } from './confined-path.ts';
import { damaged } from './damaged.ts';
import type { PackFile, PackManifest } from './manifest.ts';
import { externalDataOf } from './onnx-external-data.ts';

/**
 * Makes sure that what will be loaded is what the manifest lists: every file in its place inside the folder, of the
 * listed size and SHA-256, and every weights file that a graph names among them. Throws FailureError `pack-damaged`
 * with the first file that is not. A file unchanged since it was last hashed in this process is not read again.
 * `onRead` hears of every piece that is read: gigabytes take minutes.
 */
export async function verifyPack(folder: string, manifest: PackManifest, onRead?: () => void): Promise<void> {
  for (const file of manifest.files) await verifyFile(folder, manifest.id, file, onRead);
  for (const { graph } of Object.values(manifest.components)) await verifyExternalData(folder, manifest, graph);
}

/** Verifies one file of a pack and answers where it really lies. */
export async function verifyFile(folder: string, packId: PackId, file: PackFile, onRead?: () => void): Promise<string> {
  try {
    const path = await confinedFile(folder, file.path);
    const { size, mtimeMs, ...kind } = await fileStatus(path);
    if (!kind.isFile) throw new Error('is not a file');
    if (size !== file.bytes) throw new Error(`has ${size} bytes instead of ${file.bytes}`);
    const sha256 = await hashOnce(path, { size, mtimeMs, onRead });
    if (sha256 !== file.sha256) throw new Error(`has the SHA-256 ${sha256} instead of ${file.sha256}`);
    return path;
  } catch (error) {
    throw damaged(packId, file.path, isMissing(error) ? 'is missing' : error);
  }
}

async function fileStatus(path: string) {
  const status = await stat(path);
  return { size: status.size, mtimeMs: status.mtimeMs, isFile: status.isFile() };
}

async function verifyExternalData(folder: string, manifest: PackManifest, graph: string): Promise<void> {
  const listed = new Set(manifest.files.map(({ path }) => path));
  try {
    for (const location of externalDataOf(await readFile(await confinedFile(folder, graph)))) {
      const path = posix.join(posix.dirname(graph), location);
      if (!listed.has(path)) throw new Error(`takes weights from ${location}, which the manifest does not list`);
    }
  } catch (error) {
    throw damaged(manifest.id, graph, error);
  }
}

const hashes = new Map<string, { readonly size: number; readonly mtimeMs: number; readonly sha256: string }>();

interface Hashed {
  readonly size: number;
  readonly mtimeMs: number;
  readonly onRead: (() => void) | undefined;
}

async function hashOnce(path: string, { size, mtimeMs, onRead }: Hashed): Promise<string> {
  const known = hashes.get(path);
  if (known && known.size === size && known.mtimeMs === mtimeMs) return known.sha256;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    onRead?.();
  }
  const sha256 = hash.digest('hex');
  hashes.set(path, { size, mtimeMs, sha256 });
  return sha256;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
