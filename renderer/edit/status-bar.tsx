import { useStore } from 'zustand';
import { formatRate } from '../i18n/format.ts';
import { useWords } from '../i18n/index.ts';
import { useProject, useSequence } from '../state/services.tsx';
import { Icon } from '../ui/icon.tsx';

export function StatusBar() {
  const words = useWords();
  const { saving } = useProject();
  const isSaved = useStore(saving, (state) => state.kind === 'saved');
  const { widthPx, heightPx, rate, sampleRateHz } = useSequence((sequence) => sequence);
  return (
    <footer className="status-bar">
      {isSaved && (
        <span className="row" data-testid="status.saved">
          <Icon name="check" sizePx={12} />
          {words('title.saved')}
        </span>
      )}
      <span className="tabular">
        {words('status.format', {
          size: words('unit.size', { width: widthPx, height: heightPx }),
          fps: formatRate(rate),
          khz: sampleRateHz / 1000,
        })}
      </span>
      <span className="spacer" />
      <span>{words('status.hint')}</span>
    </footer>
  );
}
