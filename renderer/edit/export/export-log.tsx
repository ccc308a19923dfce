import { useEffect, useState } from 'react';
import type { JobId } from '../../../engine/contract/ids.ts';
import { useWords } from '../../i18n/index.ts';
import { sentence } from '../../i18n/sentence.ts';
import { copyText } from '../../state/copy-text.ts';
import { useEngine, useProject, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import './export.css';

interface ExportLogProps {
  readonly jobId: JobId;
  readonly title: string;
  readonly onClose: () => void;
}

/** What an export that failed said last, to be read and sent to whoever helps. It names no folder and no film. */
export function ExportLog({ jobId, title, onClose }: ExportLogProps) {
  const words = useWords();
  const { notices } = useServices();
  const text = useLog(jobId);
  const copy = async () => {
    if (text !== undefined && (await copyText(text, sentence('exportLog.copied'), notices))) onClose();
  };
  return (
    <Dialog
      title={words('exportLog.title', { title })}
      text={words('exportLog.text')}
      widthPx={640}
      onClose={onClose}
      testId="export-log"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {words('exportLog.close')}
          </Button>
          <Button
            look="primary"
            autoFocus
            aria-disabled={text === undefined}
            onClick={() => void copy()}
            testId="export-log.copy"
          >
            {words('exportLog.copy')}
          </Button>
        </>
      }
    >
      <div className="dialog-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be scrolled by key too */}
        <section className="export-log scroll-y" tabIndex={0} aria-label={words('exportLog.title', { title })}>
          {text}
        </section>
      </div>
    </Dialog>
  );
}

/** Undefined until the engine has told; what it refuses is told in words. */
function useLog(jobId: JobId): string | undefined {
  const words = useWords();
  const engine = useEngine();
  const { projectId } = useProject();
  const [text, setText] = useState<string | undefined>(undefined);
  useEffect(() => {
    let isLate = false;
    engine?.jobs.log({ projectId, jobId }).then(
      (outcome) => !isLate && setText(outcome.kind === 'done' ? outcome.value.text : words(outcome)),
      () => {}, // the engine went; the next connection is asked
    );
    return () => {
      isLate = true;
    };
  }, [engine, projectId, jobId, words]);
  return text;
}
