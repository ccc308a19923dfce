import type { FailureCode } from '../../engine/contract/failure.ts';
import { actOnJob } from '../jobs/use-job-actions.ts';
import { useChange } from '../settings/use-change.ts';
import { useEngine, usePacks, useProject, useServices } from '../state/services.tsx';

/** Failures that the ways out of a generator that stands still mend: the shots they ended are begun again. */
const mended: readonly FailureCode[] = ['runner-stopped', 'device-missing'];

/** The ways out when no shots can be made. Each begins the shots again that failed for it. */
export function useGeneratorFixes() {
  const engine = useEngine();
  const project = useProject();
  const services = useServices();
  const packs = usePacks();
  const change = useChange();
  const retryShots = () => {
    for (const job of project.library.getState().jobs.values()) {
      const { state } = job;
      if (state.kind === 'failed' && mended.includes(state.failure.code)) actOnJob(project, services, job, 'retry');
    }
  };
  return {
    /** From now on shots run on the processor. */
    computeOnProcessor: async () => {
      if (!(await change({ device: 'cpu' }))) retryShots();
    },
    /** The next shot is written for the pack that came with Shotloom, which runs on the processor too. */
    writeForBuiltInPack: async () => {
      const builtIn = packs?.find((pack) => pack.isBuiltIn);
      if (builtIn)
        project.shotDraft.setState({ packId: builtIn.id, size: undefined, frameCount: undefined, steps: undefined });
      await change({ device: 'cpu' });
    },
    startAgain: async () => {
      await engine?.generate.startAgain({}).then(retryShots, () => {}); // the engine went, and says so
    },
  };
}
