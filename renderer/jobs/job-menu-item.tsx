import { hasEnded, type Job } from '../../engine/contract/job.ts';
import { MenuItem } from '../ui/menu-item.tsx';
import { useJobActions } from './use-job-actions.ts';

/** What a menu offers of the job behind a take: to stop it, or to try again what was stopped or failed. */
export function JobMenuItem({ job }: { readonly job: Job }) {
  const { cancel, retry } = useJobActions(job);
  if (job.state.kind === 'failed' || job.state.kind === 'cancelled') {
    return <MenuItem icon="retry" label="menu.retryJob" onChoose={retry} />;
  }
  return hasEnded(job.state) ? null : <MenuItem icon="close" label="menu.cancelJob" onChoose={cancel} />;
}
