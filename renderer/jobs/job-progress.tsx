import { hasEnded, type Job } from '../../engine/contract/job.ts';
import { useWords } from '../i18n/index.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { phaseOf, shareDone, timeLeftOf } from './job-words.ts';

/** Phase, time left and bar: the same wherever a job is told of. */
export function JobProgress({ job: { title, state } }: { readonly job: Pick<Job, 'title' | 'state'> }) {
  const words = useWords();
  const phase = words(phaseOf(state));
  const left = timeLeftOf(state);
  return (
    <div className="job-progress">
      <div className="row tabular">
        <span className="text-2">{phase}</span>
        <span className="spacer" />
        {left && <span className="text-2">{words(left)}</span>}
      </div>
      {!hasEnded(state) && (
        <ProgressBar
          label={title}
          done={shareDone(state)}
          text={left ? `${phase}, ${words(left)}` : phase}
          tone={state.kind === 'paused' ? 'resting' : 'running'}
        />
      )}
    </div>
  );
}
