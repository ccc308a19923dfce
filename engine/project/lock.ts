import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { FailureError } from '../contract/failure.ts';
import type { EngineAddress } from '../rpc/engine-socket.ts';
import { asFileFailure } from './atomic-file.ts';
import type { ProjectLayout } from './layout.ts';

// One engine holds a project at a time. The lock itself is the operating system's, taken through SQLite on library.db:
// it falls when its process does, however that ends. project.lock says in words who holds it, and where to call.

const ownerSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  startedAt: z.iso.datetime(),
  /** Where the engine listens, so that a command can talk to the one that has the project open. */
  engine: z.object({ path: z.string(), tokenFile: z.string() }),
});
export type LockOwner = z.infer<typeof ownerSchema>;

export interface ProjectLock {
  /** The owner that died without letting go, if the lock was taken over from one. */
  readonly staleOwner: LockOwner | undefined;
  /** The index database, which only the lock's holder may use. */
  readonly database: DatabaseSync;
  release(): void;
}

/**
 * Takes the lock. Throws a FailureError `project-locked` while another engine holds it, `not-writable` or `disk-full`
 * where the folder cannot be written.
 */
export function lockProject(layout: ProjectLayout, engine: EngineAddress): ProjectLock {
  const noted = lockOwner(layout);
  const database = lockDatabase(layout, noted);
  // This engine's own note came along with a folder that was moved while the project was open.
  const staleOwner = noted?.engine.path === engine.path ? undefined : noted;
  const owner: LockOwner = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString(), engine };
  try {
    writeFileSync(layout.lock, `${JSON.stringify(owner)}\n`);
  } catch (error) {
    // A full disk takes the name and not the words; a folder in its place is not ours to remove.
    if (statSync(layout.lock, { throwIfNoEntry: false })?.isFile()) rmSync(layout.lock);
    database.close();
    throw asFileFailure(error, layout.folder);
  }
  return {
    staleOwner,
    database,
    release: () => {
      rmSync(layout.lock, { force: true });
      database.close();
    },
  };
}

/** Who says to hold a project, or undefined. */
export function lockOwner(layout: ProjectLayout): LockOwner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(layout.lock, 'utf8')));
  } catch {
    return undefined;
  }
}

function lockDatabase(layout: ProjectLayout, owner: LockOwner | undefined): DatabaseSync {
  try {
    return openExclusively(layout.index);
  } catch (error) {
    const path = layout.folder;
    switch (sqliteCode(error)) {
      case sqlite.busy: {
        const { host, pid } = owner ?? { host: hostname(), pid: 0 };
        throw new FailureError({ code: 'project-locked', path, host, pid });
      }
      case sqlite.corrupt:
      case sqlite.notADatabase:
        // It is an index and nothing else: start a new one.
        rmSync(layout.index, { force: true });
        return openExclusively(layout.index);
      case sqlite.full:
        throw new FailureError({ code: 'disk-full', path }, { cause: error });
      case sqlite.readOnly:
      case sqlite.cannotOpen:
        throw new FailureError({ code: 'not-writable', path }, { cause: error });
      default:
        throw error;
    }
  }
}

function openExclusively(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 200 });
  try {
    // A rollback journal, not WAL: with one holder WAL wins nothing, and it fails on network drives. Nothing waits for
    // the disk: an index that a power cut spoils is made again, and a flush would hold the whole engine up.
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA journal_mode = TRUNCATE; BEGIN EXCLUSIVE; COMMIT;',
    );
    expectSound(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Looks through all pages, 18 ms for 10,000 takes: one that a bad disk has spoilt would be met at every opening. */
function expectSound(database: DatabaseSync): void {
  const [fault] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {});
  if (fault !== 'ok') throw Object.assign(new Error(String(fault)), { errcode: sqlite.corrupt });
}

/** Primary result codes of SQLite; the higher bits of an error's code only say more. Source: sqlite.org/rescode.html. */
const sqlite = { busy: 5, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;
}
