import { useStore } from 'zustand';
import { useWords } from '../i18n/index.ts';
import { useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { MachineFields } from './machine-fields.tsx';
import { ReportPart } from './report-part.tsx';
import { WindowFields } from './window-fields.tsx';
import './settings.css';

/** How the window looks, and what of this machine is used. Every choice takes hold at once, for every window. */
export function SettingsDialog() {
  const words = useWords();
  const { window } = useServices();
  const isOpen = useStore(window, ({ dialog }) => dialog.kind === 'settings');
  const close = () => window.setState({ dialog: { kind: 'none' } });
  if (!isOpen) return null;
  return (
    <Dialog
      title={words('settings.title')}
      widthPx={560}
      onClose={close}
      testId="settings"
      footer={
        <Button look="primary" onClick={close} testId="settings.done">
          {words('settings.done')}
        </Button>
      }
    >
      <div className="dialog-body settings-body scroll-y">
        <WindowFields />
        <MachineFields />
        <ReportPart />
      </div>
    </Dialog>
  );
}
