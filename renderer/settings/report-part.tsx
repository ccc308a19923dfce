import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useReport } from '../shell/use-report.ts';
import { Button } from '../ui/button.tsx';

/** A report for whoever helps. The editor can look into it before it is sent, and nothing sends it. */
export function ReportPart() {
  const words = useWords();
  const report = useReport();
  const [withPaths, setWithPaths] = useState(false);
  if (!report) return null;
  const { isWriting, save } = report;
  return (
    <section className="settings-part" aria-label={words('settings.report')}>
      <h2 className="settings-head">{words('settings.report')}</h2>
      <div className="row settings-report">
        <p className="text-2 settings-report-text">{words('settings.reportNote')}</p>
        <Button look="outline" disabled={isWriting} onClick={() => void save(withPaths)} testId="settings.report">
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
