import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ToldDevices } from '../../engine/contract/device.ts';
import { useEngine, useServices } from '../state/services.tsx';

export interface DevicesHere {
  /** Undefined until the engine has told: it tries what was not tried yet. */
  readonly told: ToldDevices | undefined;
  /** Has the engine try every device anew. */
  readonly tryAgain: () => void;
}

/** What the machine can compute shots on, asked again when another device is chosen. */
export function useDevices(): DevicesHere {
  const engine = useEngine();
  const { sharedSettings } = useServices();
  const choice = useStore(sharedSettings.store, ({ device }) => device);
  const [told, setTold] = useState<ToldDevices>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choice changes the answer
  useEffect(() => {
    let isShown = true;
    engine?.system.devices({}).then(
      (answer) => isShown && setTold(answer),
      () => {}, // the connection went, and the window says so
    );
    return () => {
      isShown = false;
    };
  }, [engine, choice]);
  const tryAgain = () => {
    if (!engine) return;
    setTold(undefined);
    // The connection may go meanwhile, and the window says so: what was found before is what is known then.
    engine.system.tryDevices({}).then(setTold, () => setTold((now) => now ?? told));
  };
  return { told, tryAgain };
}
