import { lazy, Suspense, useCallback } from 'react';
import { useStore } from 'zustand';
import { assertNever } from '../../engine/document/film.ts';
import { useServices } from '../state/services.tsx';
import { FullDiskDialog } from './disk/full-disk-dialog.tsx';
import { ExportLog } from './export/export-log.tsx';
import { FitDialog } from './fit/fit-dialog.tsx';
import { FormatOffer } from './format-offer.tsx';

const ExportDialog = lazy(() => import('./export/export-dialog.tsx'));
const MissingDialog = lazy(() => import('./missing/missing-dialog.tsx'));
const ShortcutSheet = lazy(() => import('../commands/shortcut-sheet.tsx'));

/** Whatever stands over the page. */
export function EditDialogs() {
  const { window } = useServices();
  const dialog = useStore(window, (state) => state.dialog);
  const close = useCallback(() => window.setState({ dialog: { kind: 'none' } }), [window]);
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
    case 'missing-media':
      return (
        <Suspense>
          <MissingDialog onClose={close} />
        </Suspense>
      );
    case 'full-disk':
      return <FullDiskDialog onClose={close} />;
    case 'fit':
      return <FitDialog takeId={dialog.takeId} onClose={close} />;
    case 'export-log':
      return <ExportLog {...dialog} onClose={close} />;
    case 'format-offer':
      return <FormatOffer offer={dialog} onClose={close} />;
    default:
      return assertNever(dialog);
  }
}
