import { useStore } from 'zustand';
import { useWords } from '../../i18n/index.ts';
import { chooseAndImport } from '../../media/import-media.ts';
import { useProject, useServices } from '../../state/services.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { LaneSize } from '../timeline/lanes.ts';
import { BinPanel } from './bin-panel.tsx';

/** The media panel; in a small window a rail of icons that opens it over the viewer. */
export function BinColumn({ size }: { readonly size: LaneSize }) {
  const { window } = useServices();
  const isOpen = useStore(window, (state) => state.isBinOpen);
  if (size === 'large') return <BinPanel />;
  return (
    <>
      <Rail isOpen={isOpen} onToggle={() => window.setState({ isBinOpen: !isOpen })} />
      {isOpen && (
        <div className="bin-overlay">
          <BinPanel />
        </div>
      )}
    </>
  );
}

function Rail({ isOpen, onToggle }: { readonly isOpen: boolean; readonly onToggle: () => void }) {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  return (
    <div className="panel bin-rail" data-panel="rail">
      <IconButton
        icon="film"
        label={words('panel.open', { name: words('panel.media') })}
        isOn={isOpen}
        onClick={onToggle}
        testId="edit.rail.media"
      />
      <IconButton
        icon="import"
        label={words('bin.import')}
        onClick={() => void chooseAndImport(project, services)}
        testId="edit.rail.import"
      />
    </div>
  );
}
