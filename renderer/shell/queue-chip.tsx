import { Popover } from '@base-ui/react/popover';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Job } from '../../engine/contract/job.ts';
import { hasEnded } from '../../engine/contract/job.ts';
import { formatClock } from '../i18n/format.ts';
import { useWords } from '../i18n/index.ts';
import { JobRow } from '../jobs/job-row.tsx';
import { shareDone } from '../jobs/job-words.ts';
import { openJobs } from '../state/library-store.ts';
import { useLibrary, useServices } from '../state/services.tsx';
import { Icon } from '../ui/icon.tsx';

const mostEnded = 4;

/** How many jobs there are and how long the running one takes; opens the queue. */
export function QueueChip() {
  const words = useWords();
  const open = useLibrary(useShallow(openJobs));
  const first = open[0];
  const [isOpen, setOpen] = useState(false);
  const dialog = useStore(useServices().window, (state) => state.dialog);
  useEffect(() => {
    if (dialog.kind !== 'none') setOpen(false); // a dialog that was opened from here takes its place
  }, [dialog]);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="chip" data-testid="title.queue">
        {first ? <Ring done={shareDone(first.state)} /> : <Icon name="clock" />}
        {first ? <OpenCount count={open.length} first={first} /> : words('queue.empty')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-layer" align="end" sideOffset={6}>
          <Popover.Popup className="popup queue-popup" data-testid="queue">
            <Popover.Title className="queue-title medium">{words('queue.title')}</Popover.Title>
            <QueueRows open={open} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function OpenCount({ count, first }: { readonly count: number; readonly first: Job }) {
  const words = useWords();
  const { state } = first;
  if (state.kind !== 'running' || state.secondsLeft === undefined) return words('queue.jobs', { count });
  return words('queue.jobsLeft', { count, duration: formatClock(state.secondsLeft) });
}

function QueueRows({ open }: { readonly open: readonly Job[] }) {
  const words = useWords();
  const ended = useLibrary(
    useShallow((library) => [...library.jobs.values()].filter(isWorthTelling).slice(-mostEnded).reverse()),
  );
  return (
    <>
      {open.length === 0 && <p className="queue-hint text-2">{words('queue.emptyHint')}</p>}
      {open.map((job, index) => (
        <JobRow key={job.id} job={job} testId={`queue.row.${index + 1}`} />
      ))}
      {ended.length > 0 && <div className="queue-ended label">{words('queue.ended')}</div>}
      {ended.map((job) => (
        <JobRow key={job.id} job={job} testId={`queue.ended.${job.id}`} />
      ))}
    </>
  );
}

/** Imports come and go by the dozen; only those that failed are news. */
function isWorthTelling(job: Job): boolean {
  return hasEnded(job.state) && (job.kind !== 'ingest' || job.state.kind === 'failed');
}

const circumference = 2 * Math.PI * 6;

function Ring({ done }: { readonly done: number }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className="queue-ring">
      <circle cx="8" cy="8" r="6" stroke="var(--line-3)" />
      <circle
        cx="8"
        cy="8"
        r="6"
        stroke="var(--thread)"
        strokeDasharray={circumference}
        strokeDashoffset={circumference * (1 - done)}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}
