import { useRef } from 'react';
import { commandNamed, keysOf } from '../../commands/registry.ts';
import { useWords } from '../../i18n/index.ts';
import { useFilm, useSequence } from '../../state/services.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { showFullScreen } from './full-screen.ts';
import { TransportBar } from './transport-bar.tsx';
import { usePlayer } from './use-player.ts';
import { ViewerMessage } from './viewer-message.tsx';
import './viewer.css';

/** The picture at the playhead, and the buttons that move it. */
export function ViewerPanel() {
  const words = useWords();
  const name = useFilm((film) => film.name);
  const sequenceName = useSequence((sequence) => sequence.name);
  return (
    <section className="panel viewer" aria-label={words('panel.viewer')} data-panel="viewer" tabIndex={-1}>
      <div className="panel-head">
        <h2 className="panel-title">{words('panel.viewer')}</h2>
        <span className="viewer-name text-2 ellipsis">{[name, sequenceName].filter(Boolean).join(' · ')}</span>
        <IconButton
          icon="full-screen"
          label={words(commandNamed('fullScreen').label)}
          keys={keysOf('fullScreen')}
          onClick={showFullScreen}
          testId="edit.viewer.full-screen"
        />
      </div>
      <Bay />
      <TransportBar />
    </section>
  );
}

function Bay() {
  const canvas = useRef<HTMLCanvasElement>(null);
  usePlayer(canvas);
  const aspect = useSequence(({ widthPx, heightPx }) => widthPx / heightPx);
  return (
    <div className="bay" data-full-screen>
      <div className="bay-frame" style={{ aspectRatio: aspect, '--aspect': aspect } as React.CSSProperties}>
        <canvas ref={canvas} className="bay-canvas" data-testid="edit.viewer.canvas" />
        <ViewerMessage />
      </div>
    </div>
  );
}
