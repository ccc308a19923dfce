import { useEffect, useState } from 'react';
import type { PromptReading } from '../../engine/contract/generation.ts';
import type { PackId } from '../../engine/contract/ids.ts';
import { useEngine } from '../state/services.tsx';
import { carryMarks } from './prompt-marks.ts';

interface Read {
  readonly prompt: string;
  readonly reading: PromptReading;
}

const pauseMs = 120;

/** How the pack reads a prompt as it is typed; while it reads on, the marks that still hold stay. */
export function usePromptReading(prompt: string, packId: PackId | undefined): PromptReading['words'] {
  const engine = useEngine();
  const [read, setRead] = useState<Read | undefined>(undefined);
  useEffect(() => {
    if (!engine || !packId) return;
    const leaving = new AbortController();
    const timer = setTimeout(async () => {
      const outcome = await engine.generate
        .readPrompt({ packId, prompt }, { signal: leaving.signal })
        .catch(() => undefined); // typed on, or the engine went: the next reading counts
      if (outcome?.kind === 'done' && !leaving.signal.aborted) setRead({ prompt, reading: outcome.value });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [engine, packId, prompt]);
  return read ? [...carryMarks(read.prompt, read.reading.words, prompt)] : [];
}
