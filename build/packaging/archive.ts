import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const fileSchema = z.object({
  size: z.number().int().nonnegative(),
  offset: z.string().regex(/^\d+$/),
  integrity: z.object({ algorithm: z.literal('SHA256'), hash: z.string() }),
});
type Entry = z.infer<typeof fileSchema> | { readonly files: Readonly<Record<string, Entry>> };
const folderSchema: z.ZodType<{ readonly files: Readonly<Record<string, Entry>> }> = z.object({
  files: z.record(
    z.string(),
    z.lazy(() => z.union([folderSchema, fileSchema])),
  ),
});

/**
 * The files in an Electron archive, by their paths. Throws where one is not what the archive's own table says, or lies
 * outside it. Source: github.com/electron/asar, README: four sizes, a table as JSON, the files one after the other.
 */
export function readArchive(path: string): ReadonlyMap<string, Buffer> {
  const bytes = readFileSync(path);
  const headerEnd = 8 + bytes.readUInt32LE(4);
  const table = folderSchema.parse(JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))));
  const files = new Map<string, Buffer>();
  const walk = (entries: Readonly<Record<string, Entry>>, parent: string) => {
    for (const [name, entry] of Object.entries(entries)) {
      if ('files' in entry) {
        walk(entry.files, `${parent}${name}/`);
        continue;
      }
      const start = headerEnd + Number(entry.offset);
      const content = bytes.subarray(start, start + entry.size);
      const hash = createHash('sha256').update(content).digest('hex');
      if (hash !== entry.integrity.hash) throw new Error(`${parent}${name} in ${path} is not what its table says`);
      files.set(`${parent}${name}`, content);
    }
  };
  walk(table.files, '');
  return files;
}
