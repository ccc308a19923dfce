import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type JournalEntry, journalEntrySchema } from '../contract/project.ts';
import type { Film } from '../document/film.ts';
import { fingerprint } from '../document/fingerprint.ts';
import { applyPatch } from '../document/patch.ts';
import { asFileFailure, errorCode, syncFolder } from './atomic-file.ts';
import type { FoldedFilm } from './film-file.ts';

// The journal holds a line for every gesture since the film was last folded. A line is on disk before the gesture is
// acknowledged, so a crash at any moment loses at most the gesture in flight.

const lineSchema = journalEntrySchema.extend({ revision: z.number().int().positive() });

/** Appends lines to the open journal of one project. */
export interface Journal {
  /** Resolves when the line is on disk. Throws a FailureError `disk-full` or `not-writable`; the journal is as before. */
  append(revision: number, entry: JournalEntry): Promise<void>;
  /** Starts the journal anew, once the film has been folded up to its last line. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openJournal(path: string): Promise<Journal> {
  const file = await open(path, 'a', 0o644);
  await syncFolder(dirname(path));
  return {
    append: (revision, entry) => appendLine(file, path, JSON.stringify({ revision, ...entry })),
    // Cut to nothing in place, which needs no room on a full disk; lines left by a crash before that are passed over.
    clear: async () => {
      await file.truncate(0);
      await file.datasync();
    },
    close: () => file.close(),
  };
}

/** What replaying a journal came to. `rejected` are the lines from the first one that could not be applied. */
export interface Replay extends FoldedFilm {
  readonly applied: number;
  readonly rejected: readonly string[];
}

/**
 * Applies the journal's lines to the folded film, each checked against its fingerprint. Lines the film already holds
 * are passed over. A last line cut short by a crash was never acknowledged and is dropped without a word.
 */
export async function replayJournal(path: string, folded: FoldedFilm): Promise<Replay> {
  const lines = (await readJournal(path)).split('\n');
  const unfinished = lines.pop() ?? '';
  let { film, revision } = folded;
  let applied = 0;
  for (const [index, text] of lines.entries()) {
    const line = parseLine(text);
    if (line && line.revision <= folded.revision) continue;
    const next = line?.revision === revision + 1 ? filmAfter(film, line) : undefined;
    if (!line || !next)
      return { film, revision, applied, rejected: [...lines.slice(index), unfinished].filter(Boolean) };
    film = next;
    revision = line.revision;
    applied++;
  }
  return { film, revision, applied, rejected: [] };
}

function filmAfter(film: Film, line: z.infer<typeof lineSchema>): Film | undefined {
  try {
    const next = applyPatch(film, line.patch);
    return fingerprint(next) === line.fingerprint ? next : undefined;
  } catch {
    return undefined;
  }
}

function parseLine(text: string): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function readJournal(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

async function appendLine(file: FileHandle, path: string, line: string): Promise<void> {
  const { size } = await file.stat();
  try {
    await file.appendFile(`${line}\n`);
    await file.datasync();
  } catch (error) {
    // Half a line would be joined to the next one: cut it off again.
    await file.truncate(size).catch(() => {});
    throw asFileFailure(error, path);
  }
}
