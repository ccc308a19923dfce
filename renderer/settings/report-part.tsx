import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useEngine, useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { saveFile } from './save-file.ts';

/** A report for whoever helps. The editor can look into it before it is sent, and nothing sends it. */
export function ReportPart() {
  const words = useWords();
  const engine = useEngine();
  const { notices } = useServices();
  const [withPaths, setWithPaths] = useState(false);
  const [isWriting, setWriting] = useState(false);
  if (!engine) return null;
  const save = async () => {
    setWriting(true);
    try {
      const { name, zip } = await engine.system.report({ withPaths });
      saveFile(name, zip);
    } catch {
      notices.tell({ severity: 'failure', sentence: { key: 'settings.reportFailed' } });
    } finally {
      setWriting(false);
    }
  };
  return (
    <section className="settings-part" aria-label={words('settings.report')}>
      <h2 className="settings-head">{words('settings.report')}</h2>
      <div className="row settings-report">
        <p className="text-2 settings-report-text">{words('settings.reportNote')}</p>
        <Button look="outline" disabled={isWriting} onClick={() => void save()} testId="settings.report">
          {words(isWriting ? 'settings.reportWriting' : 'settings.reportSave')}
        </Button>
      </div>
      <label className="row">
        <input
          type="checkbox"
          checked={withPaths}
          onChange={() => setWithPaths(!withPaths)}
          data-testid="settings.report-paths"
        />
        {words('settings.reportPaths')}
      </label>
    </section>
  );
}
