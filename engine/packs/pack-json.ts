import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { PackId } from '../contract/ids.ts';
import { damaged } from './damaged.ts';

/** A JSON file of a pack, not understood yet. Throws FailureError `pack-damaged`. */
export async function readPackJson(packId: PackId, folder: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, file), 'utf8'));
  } catch (error) {
    throw damaged(packId, file, error instanceof SyntaxError ? 'is not JSON' : error);
  }
}

/** What a file of a pack says, by a schema. Throws FailureError `pack-damaged` with the first thing that is wrong. */
export function parsePackJson<Value>(packId: PackId, file: string, schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damaged(packId, file, `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'makes no sense'}`);
}
