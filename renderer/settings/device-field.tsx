import { useStore } from 'zustand';
import { type DeviceChoice, type DeviceName, deviceLabel, isOffered } from '../../engine/contract/device.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import type { DevicesHere } from '../shell/use-devices.ts';
import { useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { useChange } from './use-change.ts';

/** What shots run on: whatever is best, or one device that was found right and has a pack. Why others are not offered stands above. */
export function DeviceField({ told, tryAgain }: DevicesHere) {
  const words = useWords();
  const language = useLanguage();
  const change = useChange();
  const { sharedSettings } = useServices();
  const chosen = useStore(sharedSettings.store, ({ device }) => device) ?? 'auto';
  const offered = (told?.devices ?? []).filter(isOffered).map(({ verdict }) => verdict.device);
  const choiceOf = (device: DeviceName) => ({
    value: device,
    label: deviceLabel(device, language),
    ...(told && !offered.includes(device) && { note: words('settings.deviceNotNow') }),
  });
  const named = chosen === 'auto' ? offered : [...new Set([...offered, chosen])];
  return (
    <div className="column settings-device">
      <div className="row settings-device-row">
        <SelectField<DeviceChoice>
          label={words('settings.device')}
          value={chosen}
          choices={[{ value: 'auto', label: words('settings.deviceAuto') }, ...named.map(choiceOf)]}
          onChoose={(device) => void change({ device })}
          testId="settings.device"
        />
        <Button look="outline" disabled={!told} onClick={tryAgain} testId="settings.device-again">
          {words('settings.deviceAgain')}
        </Button>
      </div>
      <p className="text-3 settings-note" role="status" data-testid="settings.device-found">
        {told ? <FoundWhen told={told} /> : words('engine.tryingDevices')}
      </p>
    </div>
  );
}

/** The oldest verdict's time: until then nothing else was known. */
function FoundWhen({ told }: { readonly told: NonNullable<DevicesHere['told']> }) {
  const words = useWords();
  const language = useLanguage();
  const [first] = told.devices.map(({ foundAt }) => foundAt).toSorted();
  if (first === undefined) return words('settings.deviceNone');
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(first));
  return words('settings.deviceFound', { when });
}
