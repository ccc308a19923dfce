import type { Job } from '../../../engine/contract/job.ts';
import { useWords } from '../../i18n/index.ts';
import { JobProgress } from '../../jobs/job-progress.tsx';
import { useJobActions } from '../../jobs/use-job-actions.ts';
import { openJobs } from '../../state/library-store.ts';
import { useLibrary } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';

/** The shot being made: its progress, and the way to stop it. */
export function RunningShots() {
  const job = useLibrary((library) => openJobs(library).find(isUnderWay));
  return job ? <Shot job={job} /> : null;
}

function Shot({ job }: { readonly job: Job }) {
  const words = useWords();
  const { cancel } = useJobActions(job);
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

function isUnderWay({ kind, state }: Job): boolean {
  return kind === 'shot' && state.kind !== 'paused';
}
