import { useShallow } from 'zustand/react/shallow';
import type { Job } from '../../../engine/contract/job.ts';
import { useWords } from '../../i18n/index.ts';
import { JobProgress } from '../../jobs/job-progress.tsx';
import { useJobActions } from '../../jobs/use-job-actions.ts';
import { openJobs } from '../../state/library-store.ts';
import { useLibrary } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

/** The shot being made, or the last one that failed: progress and cancel, the reason and another try. */
export function RunningShots() {
  const job = useLibrary(useShallow((library) => shotToTell([...library.jobs.values()], openJobs(library))));
  return job ? <Shot job={job} /> : null;
}

function Shot({ job }: { readonly job: Job }) {
  const words = useWords();
  const { cancel, retry } = useJobActions(job);
  if (job.state.kind === 'failed') {
    return (
      <div className="running-shot" role="alert" data-testid="edit.inspector.failed">
        <div className="row alarm">
          <Icon name="error" />
          <span>{words({ failure: job.state.failure })}</span>
        </div>
        <div className="row">
          <span className="text-2 ellipsis">{job.title}</span>
          <span className="spacer" />
          <Button look="outline" size="small" onClick={retry} testId="edit.inspector.retry">
            {words('common.retry')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="running-shot" data-testid="edit.inspector.running">
      <span className="medium ellipsis">{job.title}</span>
      <div className="row running-shot-row">
        <JobProgress job={job} />
        <Button look="outline" size="small" onClick={cancel} testId="edit.inspector.cancel">
          {words('common.cancel')}
        </Button>
      </div>
    </div>
  );
}

function shotToTell(all: readonly Job[], open: readonly Job[]): Job | undefined {
  const running = open.find((job) => job.kind === 'shot' && job.state.kind !== 'paused');
  const last = all.findLast((job) => job.kind === 'shot');
  return running ?? (last?.state.kind === 'failed' ? last : undefined);
}
