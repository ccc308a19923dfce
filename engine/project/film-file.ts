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

/** What lies in `film.json`. Of a newer version it may be less than was saved: it must not be written again. */
export interface FilmFile extends FoldedFilm {
  readonly version: number;
  readonly isNewer: boolean;
}

const fileVersion = 1;
const envelope = z.object({
  format: z.literal('shotloom-film'),
  version: z.number().int().min(1),
  revision: z.number().int().nonnegative(),
});
const file = envelope.extend({ film: filmSchema });

/**
 * Reads `film.json`. Throws a FailureError: `not-a-project` where there is none, `project-newer` for a later version
 * whose film this program cannot read, `project-damaged` with the first thing wrong otherwise.
 */
export async function readFilmFile(path: string): Promise<FilmFile> {
  const content = parseJson(await readText(path), path);
  const head = envelope.safeParse(content);
  if (!head.success) throw damaged(path, head.error);
  const { version } = head.data;
  const isNewer = version > fileVersion;
  const parsed = file.safeParse(content);
  const fault = parsed.success ? brokenInvariants(parsed.data.film)[0] : undefined;
  const isReadable = parsed.success && fault === undefined;
  if (isNewer && !isReadable) throw new FailureError({ code: 'project-newer', path, version });
  if (!parsed.success) throw damaged(path, parsed.error);
  if (fault) throw new FailureError({ code: 'project-damaged', path, reason: fault });
  return { film: parsed.data.film, revision: parsed.data.revision, version, isNewer };
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
