import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failureSchema } from '../contract/failure.ts';
import { takeFactsSchema } from '../contract/film-schema.ts';
import { shotRequestSchema, type TakeRecord, takeRecordSchema } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { asFileFailure, errorCode, writeFileAtomically } from '../project/atomic-file.ts';
import type { ProjectLayout } from '../project/layout.ts';

// A take is a folder. `take.json` in it is written last, by rename: a folder that has one holds a whole take. A folder
// with `order.json` and no `take.json` is a shot still to be made, which is how the queue survives anything.

/** A shot that was asked for and is not yet a take. */
export const orderSchema = z.object({
  version: z.literal(1),
  facts: takeFactsSchema,
  request: shotRequestSchema,
  /** A shot for the timeline rests while nothing there points to it; one for the bin is made regardless. */
  destination: z.enum(['timeline', 'bin']),
  orderedAt: z.iso.datetime(),
  status: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.literal('cancelled') }),
    z.object({ kind: z.literal('failed'), failure: failureSchema }),
  ]),
});
export type ShotOrder = z.infer<typeof orderSchema>;

export function takeFile(layout: ProjectLayout, id: TakeId): string {
  return join(layout.take(id), 'take.json');
}

function orderFile(layout: ProjectLayout, id: TakeId): string {
  return join(layout.take(id), 'order.json');
}

/** Makes the take whole: its record is written, and the order it came from is done with. */
export async function writeTake(layout: ProjectLayout, record: TakeRecord): Promise<void> {
  await makeFolder(layout, record.facts.id);
  await writeFileAtomically(takeFile(layout, record.facts.id), `${JSON.stringify(record, undefined, 1)}\n`);
  await rm(orderFile(layout, record.facts.id), { force: true });
}

export async function writeOrder(layout: ProjectLayout, order: ShotOrder): Promise<void> {
  await makeFolder(layout, order.facts.id);
  await writeFileAtomically(orderFile(layout, order.facts.id), `${JSON.stringify(order, undefined, 1)}\n`);
}

/** Reads `take.json`. Throws when it is missing or not a take record. */
export async function readTake(layout: ProjectLayout, id: TakeId): Promise<TakeRecord> {
  return takeRecordSchema.parse(JSON.parse(await readFile(takeFile(layout, id), 'utf8')));
}

/** Reads `order.json`, or undefined where there is none that can be read. */
export async function readOrder(layout: ProjectLayout, id: TakeId): Promise<ShotOrder | undefined> {
  try {
    return orderSchema.parse(JSON.parse(await readFile(orderFile(layout, id), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The names of all take folders. Names that are no ids are not ours. */
export async function takeFolders(layout: ProjectLayout): Promise<TakeId[]> {
  const entries = await readdir(layout.takes, { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []; // a project that is only read may have none
    throw error;
  });
  return entries
    .filter((entry) => entry.isDirectory() && /^[A-Za-z0-9_-]{1,64}$/.test(entry.name))
    .map((entry) => entry.name as TakeId);
}

/** Removes what a shot left unfinished in its folder: everything but the order and the record. */
export async function sweepUnfinished(layout: ProjectLayout, id: TakeId): Promise<void> {
  const folder = layout.take(id);
  for (const name of await readdir(folder)) {
    if (name !== 'order.json' && name !== 'take.json') await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Removes a take for good. By one rename first: it is there whole, which it throws for, or it is not there. */
export async function removeTake(layout: Pick<ProjectLayout, 'take'>, id: TakeId): Promise<void> {
  const leaving = `${layout.take(id)}.${randomUUID()}.pending`;
  try {
    await rename(layout.take(id), leaving);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw asFileFailure(error, layout.take(id));
  }
  await rm(leaving, { recursive: true, force: true }).catch(() => {}); // swept when the project is opened next
}

/** When and how large a take's record is: enough to know whether the index still tells the truth about it. */
export async function takeStamp(
  layout: ProjectLayout,
  id: TakeId,
): Promise<{ modifiedMs: number; bytes: number } | undefined> {
  try {
    const { mtimeMs, size } = await stat(takeFile(layout, id));
    return { modifiedMs: mtimeMs, bytes: size };
  } catch {
    return undefined;
  }
}

async function makeFolder(layout: ProjectLayout, id: TakeId): Promise<void> {
  try {
    await mkdir(layout.take(id), { recursive: true });
  } catch (error) {
    throw asFileFailure(error, layout.take(id));
  }
}
