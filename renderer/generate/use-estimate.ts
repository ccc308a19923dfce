import { useEffect, useState } from 'react';
import type { Estimate } from '../../engine/contract/generation.ts';
import type { ShotRequest } from '../../engine/contract/take.ts';
import { useEngine } from '../state/services.tsx';

/** What a shot would cost here; undefined until the engine has answered. The prompt and the seed cost nothing. */
export function useEstimate({
  task,
  packId,
  frameCount,
  widthPx,
  heightPx,
  steps,
  guidanceScale,
}: ShotRequest): Estimate | undefined {
  const engine = useEngine();
  const [estimate, setEstimate] = useState<Estimate | undefined>(undefined);
  useEffect(() => {
    if (!engine) return;
    const leaving = new AbortController();
    const request = { task, packId, frameCount, widthPx, heightPx, steps, guidanceScale, prompt: '', seed: 0 };
    engine.generate
      .estimate({ request }, { signal: leaving.signal })
      .then((outcome) => {
        if (outcome.kind === 'done' && !leaving.signal.aborted) setEstimate(outcome.value);
      })
      .catch(() => {}); // another question was asked, or the engine went
    return () => leaving.abort();
  }, [engine, task, packId, frameCount, widthPx, heightPx, steps, guidanceScale]);
  return estimate;
}
