import { useState } from 'react';
import { useStore } from 'zustand';
import { type DeviceName, deviceLabel, faultWords } from '../../engine/contract/device.ts';
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
  const checkAgain = () => {
    setTrying(true);
    void engine?.system
      .tryDevices({})
      .catch(() => {}) // the engine went, and the window says so
      .finally(() => setTrying(false));
  };
  const label = deviceLabel(device, language);
  const fault = generator.kind === 'no-device' ? generator.fault : undefined;
  const said = fault && 'said' in fault ? fault.said : '';
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
          {isTrying
            ? words('engine.tryingDevices')
            : fault
              ? words('needs.standing', { device: label, why: faultWords(fault)[language] })
              : words('needs.works', { device: label })}
        </p>
        {said !== '' && !isTrying && <p className="text-3 device-said">{said}</p>}
      </div>
    </Dialog>
  );
}
