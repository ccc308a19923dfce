import { hasEnded, type Job } from '../../engine/contract/job.ts';
import { useWords } from '../i18n/index.ts';
import { MediaImage } from '../media/media-image.tsx';
import { useIsReader, useLibrary, useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { JobProgress } from './job-progress.tsx';
import { showExported } from './show-exported.ts';
import { useJobActions } from './use-job-actions.ts';

/** A job in the queue: what it makes, how far it is, and the way to stop it or try again. */
export function JobRow({ job, testId }: { readonly job: Job; readonly testId: string }) {
  const words = useWords();
  const { state, title } = job;
  return (
    <div className="queue-row" data-testid={testId}>
      <JobThumb job={job} />
      <div className="column">
        <div className="row">
          <span className="medium ellipsis" title={job.path ?? title}>
            {title}
          </span>
          <span className="spacer" />
          <JobActions job={job} testId={testId} />
        </div>
        {state.kind === 'failed' ? (
          <>
            <span className="alarm">{words({ failure: state.failure })}</span>
            {job.kind === 'export' && <FailedExportActions job={job} testId={testId} />}
          </>
        ) : (
          <>
            <JobProgress job={job} />
            {state.kind === 'paused' && state.because && <MakeRoom testId={testId} />}
          </>
        )}
      </div>
    </div>
  );
}

/** What can be done with a job as it stands: stop it, try it again, or go to what it made. */
function JobActions({ job, testId }: { readonly job: Job; readonly testId: string }) {
  const words = useWords();
  const { host, notices } = useServices();
  const { cancel, retry } = useJobActions(job);
  const { state, title, kind, path } = job;
  if (!hasEnded(state)) {
    return (
      <IconButton
        label={words('queue.cancelJob', { title })}
        icon="close"
        size="small"
        onClick={cancel}
        testId={`${testId}.cancel`}
      />
    );
  }
  if (state.kind !== 'finished') {
    if (state.kind === 'failed' && kind === 'export') return null; // told in words below
    return <IconButton label={words('queue.retryJob', { title })} icon="retry" size="small" onClick={retry} />;
  }
  if (path === undefined) return <Icon name="check" />;
  const { label, run } = showExported(path, host, notices);
  return <IconButton label={words(label)} icon="folder" size="small" onClick={run} testId={`${testId}.show`} />;
}

/** What can be done about a film that was not written: again, and what to send to whoever helps. */
function FailedExportActions({ job, testId }: { readonly job: Job; readonly testId: string }) {
  const words = useWords();
  const { window } = useServices();
  const { retry } = useJobActions(job);
  const showLog = () => window.setState({ dialog: { kind: 'export-log', jobId: job.id, title: job.title } });
  return (
    <div className="row queue-actions">
      <Button size="small" icon="retry" onClick={retry} testId={`${testId}.retry`}>
        {words('common.retry')}
      </Button>
      <Button size="small" look="quiet" onClick={showLog} testId={`${testId}.log`}>
        {words('queue.showLog')}
      </Button>
    </div>
  );
}

/** The way to what may be given up on a full disk: the editor's alone, whose undo must not lose what it brings back. */
function MakeRoom({ testId }: { readonly testId: string }) {
  const words = useWords();
  const { window } = useServices();
  if (useIsReader()) return null;
  return (
    <div className="row queue-actions">
      <Button
        size="small"
        icon="disk"
        onClick={() => window.setState({ dialog: { kind: 'full-disk' } })}
        testId={`${testId}.make-room`}
      >
        {words('disk.open')}
      </Button>
    </div>
  );
}

function JobThumb({ job }: { readonly job: Job }) {
  const poster = useLibrary((library) => {
    const entry = job.takeId && library.entries.get(job.takeId);
    return entry?.kind === 'ready' ? entry.view.poster : undefined;
  });
  return (
    <span className="thumb queue-thumb">
      {poster ? (
        <MediaImage media={poster} />
      ) : (
        <Icon name={job.kind === 'shot' ? 'generate' : job.kind === 'export' ? 'export' : 'import'} />
      )}
    </span>
  );
}
