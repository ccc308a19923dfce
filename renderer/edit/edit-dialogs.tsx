import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { assertNever } from '../../engine/document/film.ts';
import { useServices } from '../state/services.tsx';
import { FormatOffer } from './format-offer.tsx';

const ExportDialog = lazy(() => import('./export/export-dialog.tsx'));
const ShortcutSheet = lazy(() => import('../commands/shortcut-sheet.tsx'));

/** Whatever stands over the page. */
export function EditDialogs() {
  const { window } = useServices();
  const dialog = useStore(window, (state) => state.dialog);
  const close = () => window.setState({ dialog: { kind: 'none' } });
  switch (dialog.kind) {
    case 'none':
    case 'settings': // stand over every page
    case 'device-needs':
      return null;
    case 'export':
      return (
        <Suspense>
          <ExportDialog onClose={close} />
        </Suspense>
      );
    case 'shortcuts':
      return (
        <Suspense>
          <ShortcutSheet onClose={close} />
        </Suspense>
      );
    case 'format-offer':
      return <FormatOffer offer={dialog} onClose={close} />;
    default:
      return assertNever(dialog);
  }
}
