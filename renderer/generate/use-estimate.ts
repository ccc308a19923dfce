import { useEffect, useState } from 'react';
import type { Estimate } from '../../engine/contract/generation.ts';
import type { ShotRequest } from '../../engine/contract/take.ts';
import { useEngine } from '../state/services.tsx';

/**
 * What a shot would cost here; undefined until the engine has answered. The prompt and the seed cost nothing. Asked
 * again with each shot that is made: the engine learns from them.
 */
export function useEstimate(shot: ShotRequest, shotsMade = 0): Estimate | undefined {
  const { task, packId, frameCount, widthPx, heightPx, steps, guidanceScale } = shot;
  const engine = useEngine();
  const [estimate, setEstimate] = useState<Estimate | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is no part of the question, only a reason to ask
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
  }, [engine, task, packId, frameCount, widthPx, heightPx, steps, guidanceScale, shotsMade]);
  return estimate;
}
