import { useState } from 'react';
import { useStore } from 'zustand';
import {
  type DeviceFault,
  type DeviceName,
  deviceLabel,
  faultWords,
  isOffered,
  type ToldDevices,
} from '../../engine/contract/device.ts';
import type { Generator } from '../../engine/contract/generator.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { useEngine, useGenerator, useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

const needs: Readonly<Record<DeviceName, MessageKey>> = {
  cuda: 'needs.cuda',
  webgpu: 'needs.webgpu',
  dml: 'needs.dml',
  coreml: 'needs.coreml',
  cpu: 'needs.cpu',
};

/** What a device needs that shots were to run on, what it said itself, and whether it has it now. */
export function DeviceNeedsDialog() {
  const { window } = useServices();
  const dialog = useStore(window, (state) => state.dialog);
  const close = () => window.setState({ dialog: { kind: 'none' } });
  return dialog.kind === 'device-needs' ? <Needs device={dialog.device} onClose={close} /> : null;
}

function Needs({ device, onClose }: { readonly device: DeviceName; readonly onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const engine = useEngine();
  const generator = useGenerator();
  const [isTrying, setTrying] = useState(false);
  const [told, setTold] = useState<ToldDevices>();
  const checkAgain = () => {
    setTrying(true);
    void engine?.system
      .tryDevices({})
      .then(setTold, () => {}) // the engine went, and the window says so
      .finally(() => setTrying(false));
  };
  const label = deviceLabel(device, language);
  const standing = isTrying ? 'trying' : told ? toldOf(device, told) : faultOf(device, generator);
  const said = typeof standing === 'object' && 'said' in standing ? standing.said : '';
  return (
    <Dialog
      title={words('needs.title', { device: label })}
      text={words(needs[device])}
      widthPx={480}
      onClose={onClose}
      testId="device-needs"
      footer={
        <>
          <Button onClick={onClose}>{words('needs.close')}</Button>
          <Button look="primary" disabled={isTrying || !engine} onClick={checkAgain} testId="device-needs.again">
            {words('settings.deviceAgain')}
          </Button>
        </>
      }
    >
      <div className="dialog-body column">
        <p role="status" data-testid="device-needs.standing">
          {standing === 'trying' && words('engine.tryingDevices')}
          {standing === 'works' && words('needs.works', { device: label })}
          {typeof standing === 'object' &&
            words('needs.standing', { device: label, why: faultWords(standing)[language] })}
        </p>
        {said !== '' && <p className="text-3 device-said">{said}</p>}
      </div>
    </Dialog>
  );
}

/** What stands in the way of this device; undefined where that is not known. */
function faultOf(device: DeviceName, generator: Generator): DeviceFault | undefined {
  return generator.kind === 'no-device' && generator.device === device ? generator.fault : undefined;
}

/** How it stands by a trial of every device: one that is right is of use unless no pack that was made for it runs there. */
function toldOf(device: DeviceName, { devices }: ToldDevices): DeviceFault | 'works' {
  const told = devices.find(({ verdict }) => verdict.device === device);
  if (!told) return { kind: 'absent', said: '' };
  if (told.verdict.kind === 'passed-over') return told.verdict.fault;
  return isOffered(told) ? 'works' : (told.packs[0]?.fault ?? 'works');
}
