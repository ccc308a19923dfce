import type { Job } from '../../../engine/contract/job.ts';
import type { ShotRequest } from '../../../engine/contract/take.ts';
import { useEstimate } from '../../generate/use-estimate.ts';
import { aboutDuration, formatBytes } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { useConnection, useLibrary } from '../../state/services.tsx';

/** Time, memory and disk, before anything is spent. What is not known is said to be unknown. */
export function EstimateLines({ request }: { readonly request: ShotRequest }) {
  const words = useWords();
  const shotsMade = useLibrary(({ jobs }) => [...jobs.values()].filter(isShotMade).length);
  const estimate = useEstimate(request, shotsMade);
  const connection = useConnection();
  const total = connection.kind === 'connected' ? connection.hello.memoryBytes : undefined;
  const { seconds, memoryBytes, diskBytes } = estimate ?? {};
  const time =
    seconds === undefined
      ? words(estimate ? 'time.unknown' : 'generate.unknown')
      : words({ key: 'time.about', nested: { duration: aboutDuration(seconds) } });
  const memory =
    memoryBytes === undefined || total === undefined
      ? words('generate.unknown')
      : words('generate.memoryOf', { needed: formatBytes(memoryBytes), total: formatBytes(total) });
  const disk =
    diskBytes === undefined ? words('generate.unknown') : words('generate.perTake', { size: formatBytes(diskBytes) });
  return (
    <dl className="estimate" data-testid="edit.inspector.estimate">
      <dt>{words('generate.estimateTime')}</dt>
      <dd>{time}</dd>
      <dt className="is-minor">{words('generate.estimateMemory')}</dt>
      <dd className="is-minor">{memory}</dd>
      <dt className="is-minor">{words('generate.estimateDisk')}</dt>
      <dd className="is-minor">{disk}</dd>
    </dl>
  );
}

function isShotMade({ kind, state }: Job): boolean {
  return kind === 'shot' && state.kind === 'finished';
}
