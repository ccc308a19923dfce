import type { DatabaseSync } from 'node:sqlite';
import { type TakeRecord, takeRecordSchema } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { errorCode } from '../project/atomic-file.ts';
import type { ProjectLayout } from '../project/layout.ts';
import { readOrder, readTake, type ShotOrder, takeFolders, takeStamp } from './take-folder.ts';

/** Everything the take folders hold. */
export interface TakeInventory {
  readonly takes: readonly TakeRecord[];
  readonly orders: readonly ShotOrder[];
  /** Folders with a record that cannot be read. They are left as they are. */
  readonly unreadable: readonly TakeId[];
}

/**
 * Reads the take folders, with the database as a memory of records read before: opening a project of thousands of
 * takes then costs a stat each. The folders are the truth; a database that is empty or behind is brought up to them.
 */
export async function readTakes(layout: ProjectLayout, database: DatabaseSync): Promise<TakeInventory> {
  const index = openIndex(database);
  const ids = await takeFolders(layout);
  const takes: TakeRecord[] = [];
  const orders: ShotOrder[] = [];
  const unreadable: TakeId[] = [];
  const learnt: Learnt[] = [];
  for (const id of ids) {
    const stamp = await takeStamp(layout, id);
    if (!stamp) {
      const order = await readOrder(layout, id);
      if (order) orders.push(order);
      continue;
    }
    const known = index.find(id, stamp.modifiedMs, stamp.bytes);
    const record = known ?? (await readTake(layout, id).catch(() => undefined));
    if (!record || record.facts.id !== id) {
      unreadable.push(id);
      continue;
    }
    if (!known) learnt.push({ record, ...stamp });
    takes.push(record);
  }
  index.bringUpTo(ids, learnt);
  takes.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  orders.sort((a, b) => a.orderedAt.localeCompare(b.orderedAt));
  return { takes, orders, unreadable };
}

/** A record read from its folder, with the stamp it had. */
interface Learnt {
  readonly record: TakeRecord;
  readonly modifiedMs: number;
  readonly bytes: number;
}

interface TakeIndex {
  find(id: TakeId, modifiedMs: number, bytes: number): TakeRecord | undefined;
  /** Remembers what was learnt and forgets every take but these, in one transaction. */
  bringUpTo(ids: readonly TakeId[], learnt: readonly Learnt[]): void;
}

function openIndex(database: DatabaseSync): TakeIndex {
  return ifPossible(() => indexIn(database)) ?? nothingRemembered;
}

const nothingRemembered: TakeIndex = { find: () => undefined, bringUpTo: () => {} };

function indexIn(database: DatabaseSync): TakeIndex {
  database.exec(
    'CREATE TABLE IF NOT EXISTS takes (id TEXT PRIMARY KEY, modified_ms REAL, bytes INTEGER, record TEXT) STRICT, WITHOUT ROWID',
  );
  const find = database.prepare('SELECT record FROM takes WHERE id = ? AND modified_ms = ? AND bytes = ?');
  const remember = database.prepare('INSERT OR REPLACE INTO takes VALUES (?, ?, ?, ?)');
  const all = database.prepare('SELECT id FROM takes');
  const forget = database.prepare('DELETE FROM takes WHERE id = ?');
  return {
    find: (id, modifiedMs, bytes) => {
      const row = ifPossible(() => find.get(id, modifiedMs, bytes));
      const parsed = takeRecordSchema.safeParse(parseText(row?.record));
      return parsed.success ? parsed.data : undefined;
    },
    bringUpTo: (ids, learnt) => {
      const kept = new Set<string>(ids);
      const known = ifPossible(() => all.all()) ?? [];
      const gone = known.flatMap(({ id }) => (typeof id === 'string' && !kept.has(id) ? [id] : []));
      if (learnt.length + gone.length === 0) return;
      // One for all: each by itself would be written and flushed by itself, and the engine answers nobody meanwhile.
      ifPossible(() => {
        database.exec('BEGIN');
        for (const id of gone) forget.run(id);
        for (const { record, modifiedMs, bytes } of learnt) {
          remember.run(record.facts.id, modifiedMs, bytes, JSON.stringify(record));
        }
        database.exec('COMMIT');
      });
      if (database.isTransaction) database.exec('ROLLBACK'); // a full disk takes most of them back, and not all
    },
  };
}

/** What is not remembered is read from its folder: a film must open on a full disk, and on one that goes bad. */
function ifPossible<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch (error) {
    if (errorCode(error) === 'ERR_SQLITE_ERROR') return undefined;
    throw error;
  }
}

function parseText(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
