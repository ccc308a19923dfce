import { useCallback } from 'react';
import type { Failure } from '../../engine/contract/failure.ts';
import type { SettingsChange } from '../../engine/contract/settings.ts';
import { useServices } from '../state/services.tsx';

/** Changes settings; what could not be kept is told at the foot of the window, and answered. */
export function useChange(): (changes: SettingsChange) => Promise<Failure | undefined> {
  const { sharedSettings, notices } = useServices();
  return useCallback(
    async (changes) => {
      const failure = await sharedSettings.change(changes);
      if (failure) notices.tell({ severity: 'failure', sentence: { failure } });
      return failure;
    },
    [sharedSettings, notices],
  );
}
