import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { FailureError } from '../contract/failure.ts';
import { filmSchema } from '../contract/film-schema.ts';
import type { Film } from '../document/film.ts';
import { brokenInvariants } from '../document/invariants.ts';
import { errorCode, writeFileAtomically } from './atomic-file.ts';

/** A film and the number of gestures folded into it. */
export interface FoldedFilm {
  readonly film: Film;
  readonly revision: number;
}

const fileVersion = 1;
const envelope = z.object({
  format: z.literal('shotloom-film'),
  version: z.number().int(),
  revision: z.number().int().nonnegative(),
});
const file = envelope.extend({ version: z.literal(fileVersion), film: filmSchema });

/**
 * Reads `film.json`. Throws a FailureError: `not-a-project` where there is none, `project-newer` for a version this
 * program does not know, `project-damaged` with the first thing wrong otherwise.
 */
export async function readFilmFile(path: string): Promise<FoldedFilm> {
  const content = parseJson(await readText(path), path);
  const head = envelope.safeParse(content);
  if (!head.success) throw damaged(path, head.error);
  if (head.data.version > fileVersion)
    throw new FailureError({ code: 'project-newer', path, version: head.data.version });
  const parsed = file.safeParse(content);
  if (!parsed.success) throw damaged(path, parsed.error);
  const [fault] = brokenInvariants(parsed.data.film);
  if (fault) throw new FailureError({ code: 'project-damaged', path, reason: fault });
  return { film: parsed.data.film, revision: parsed.data.revision };
}

/** Writes `film.json`, readable and in one piece or not at all. */
export async function writeFilmFile(path: string, { film, revision }: FoldedFilm): Promise<void> {
  const content = { format: 'shotloom-film', version: fileVersion, revision, film };
  await writeFileAtomically(path, `${JSON.stringify(content, undefined, 1)}\n`);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') {
      throw new FailureError({ code: 'not-a-project', path }, { cause: error });
    }
    throw error;
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FailureError({ code: 'project-damaged', path, reason: String(error) }, { cause: error });
  }
}

function damaged(path: string, error: z.ZodError): FailureError {
  const [issue] = error.issues;
  const reason = issue ? `${issue.path.join('.')}: ${issue.message}` : 'unreadable';
  return new FailureError({ code: 'project-damaged', path, reason }, { cause: error });
}
