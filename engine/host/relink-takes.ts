import { FailureError } from '../contract/failure.ts';
import type { Relinked } from '../contract/relink.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { canStandIn, differencesBetween } from '../library/differences.ts';
import type { Library } from '../library/library.ts';
import { writeTake } from '../library/take-folder.ts';
import { referenceTo } from '../media/file-reference.ts';
import type { ProjectLayout } from '../project/layout.ts';
import type { Workshop } from './workshop.ts';

export interface RelinkTools {
  readonly workshop: Pick<Workshop, 'probe'>;
  readonly layout: ProjectLayout;
  readonly takes: Library;
  /** Puts a take that was written down where windows see it. */
  readonly showTake: (record: TakeRecord) => Promise<void>;
}

/** `accept`: an editor who knows what differs wants it all the same. */
export type Differing = 'refuse' | 'accept';

/**
 * Points imported takes to files, one after the other. The same content is taken at once. Another one is told of, and
 * taken only where it is accepted and the film's clips fit it: what the film knows of a take stays true. Throws a
 * FailureError `bad-request` for a take that was not imported, or as reading the file or writing the record does.
 */
export function takeRelinker(
  tools: RelinkTools,
): (id: TakeId, path: string, differing: Differing) => Promise<Relinked> {
  let last: Promise<unknown> = Promise.resolve();
  return (id, path, differing) => {
    const relinked = last.then(() => relink(tools, id, path, differing));
    last = relinked.catch(() => {});
    return relinked;
  };
}

async function relink(tools: RelinkTools, id: TakeId, path: string, differing: Differing): Promise<Relinked> {
  const { takes, layout, workshop } = tools;
  const record = takes.record(id);
  if (record?.origin.kind !== 'imported') {
    throw new FailureError({ code: 'bad-request', reason: 'only what was imported can be relinked' });
  }
  const { origin } = record;
  const file = await referenceTo(path, layout.folder);
  if (file.sampleHash === origin.file.sampleHash) return keep(tools, { ...record, origin: { ...origin, file } });

  const probed = await workshop.probe(path, id, layout);
  if (probed.kind === 'failed') throw new FailureError(probed.failure);
  const differences = differencesBetween(record, probed.value);
  const standsIn = canStandIn(differences);
  if (differing === 'refuse' || !standsIn) return { kind: 'differs', differences, canStandIn: standsIn };
  return keep(tools, { ...record, origin: probed.value.origin });
}

async function keep({ layout, takes, showTake }: RelinkTools, record: TakeRecord): Promise<Relinked> {
  await writeTake(layout, record);
  await showTake(record);
  const entry = takes.find(record.facts.id);
  if (!entry) throw new Error('a take that was written down is not in the library');
  return { kind: 'relinked', entry };
}
