import { z } from 'zod';
import type { Id } from '../document/ids.ts';

// zod 4 compiles schemas with `new Function` where it may, which the window's content security policy reports as a
// violation; every schema of the contract is reached through this module, so it is switched off here.
z.config({ jitless: true });

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Ids travel as short plain words, so that one can be a folder name or part of a URL without escaping. */
export function idSchema<Name extends string>() {
  return z.string().regex(idPattern) as unknown as z.ZodType<Id<Name>, string>; // the brand exists in types only
}

export const takeIdSchema = idSchema<'take'>();
export const projectIdSchema = idSchema<'project'>();
export const editorIdSchema = idSchema<'editor'>();
export const jobIdSchema = idSchema<'job'>();
export const packIdSchema = idSchema<'pack'>();
export const mediaIdSchema = idSchema<'media'>();

export type ProjectId = Id<'project'>;
export type EditorId = Id<'editor'>;
export type JobId = Id<'job'>;
export type PackId = Id<'pack'>;
/** Names a file that the engine lets the window read, at `/media/<id>`. It is never a path. */
export type MediaId = Id<'media'>;
