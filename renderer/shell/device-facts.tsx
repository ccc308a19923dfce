import { useEffect, useState } from 'react';
import { type DeviceVerdict, deviceLabel, deviceWords } from '../../engine/contract/device.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { useEngine } from '../state/services.tsx';

/** What the machine can compute shots on, and why not on the rest. The engine tries devices when it is first asked. */
export function DeviceFacts() {
  const words = useWords();
  const language = useLanguage();
  const verdicts = useDevices();
  if (!verdicts) return <dd className="text-2">{words('engine.tryingDevices')}</dd>;
  return verdicts.map((verdict) => (
    <dd key={verdict.device} className={verdict.kind === 'trusted' ? '' : 'text-2'} data-testid="title.device">
      {deviceLabel(verdict.device, language)}: {deviceWords(verdict, language)}
    </dd>
  ));
}

function useDevices(): readonly DeviceVerdict[] | undefined {
  const engine = useEngine();
  const [verdicts, setVerdicts] = useState<readonly DeviceVerdict[]>();
  useEffect(() => {
    let isShown = true;
    engine?.system.devices({}).then(
      (told) => isShown && setVerdicts(told),
      () => {}, // the connection went, and the popover says so
    );
    return () => {
      isShown = false;
    };
  }, [engine]);
  return verdicts;
}
