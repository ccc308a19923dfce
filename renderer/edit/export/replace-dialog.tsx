import { formatBytes } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { nameOf } from '../../i18n/told-sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { FileInTheWay } from './start-export.ts';

export interface ReplaceDialogProps {
  readonly file: FileInTheWay;
  readonly onReplace: () => void;
  /** The film goes beside the file that is there, under the name that is free. */
  readonly onKeepBoth: () => void;
  readonly onBack: () => void;
}

/** Asked before an export begins: what is to become of the file that has its name. Nothing is lost by Enter or Escape. */
export function ReplaceDialog({ file, onReplace, onKeepBoth, onBack }: ReplaceDialogProps) {
  const words = useWords();
  const language = useLanguage();
  const date = new Date(file.modifiedMs).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Dialog
      title={words('export.exists.title', { name: nameOf(file.path) })}
      text={words('export.exists.text', { size: formatBytes(file.sizeBytes), date })}
      widthPx={520}
      onClose={onBack}
      testId="export.exists"
      footerStart={
        <Button look="quiet" onClick={onBack}>
          {words('common.cancel')}
        </Button>
      }
      footer={
        <>
          <Button look="danger" onClick={onReplace} testId="export.exists.replace">
            {words('export.exists.replace')}
          </Button>
          <Button look="primary" autoFocus onClick={onKeepBoth} testId="export.exists.keep-both">
            {words('export.exists.keepBoth', { name: nameOf(file.freePath) })}
          </Button>
        </>
      }
    />
  );
}
