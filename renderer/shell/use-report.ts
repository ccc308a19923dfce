import { useState } from 'react';
import { useEngine, useServices } from '../state/services.tsx';
import { saveFile } from './save-file.ts';

export interface ReportSaving {
  readonly isWriting: boolean;
  readonly save: (withPaths: boolean) => Promise<void>;
}

/** Has the engine write a report and hands it to the editor as a file; undefined while the engine is away. */
export function useReport(): ReportSaving | undefined {
  const engine = useEngine();
  const { notices } = useServices();
  const [isWriting, setWriting] = useState(false);
  if (!engine) return undefined;
  const save = async (withPaths: boolean) => {
    setWriting(true);
    try {
      const { name, zip } = await engine.system.report({ withPaths });
      saveFile(name, zip);
    } catch {
      notices.tell({ severity: 'failure', sentence: { key: 'settings.reportFailed' } });
    } finally {
      setWriting(false);
    }
  };
  return { isWriting, save };
}
