import { useStore } from 'zustand';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { sequenceEnd } from '../../../engine/document/track.ts';
import { type CommandName, commandNamed, keysOf } from '../../commands/registry.ts';
import { formatRate } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { useProject, useSequence } from '../../state/services.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { IconName } from '../../ui/icon-shapes.ts';
import { PlayheadTimecode } from '../timeline/playhead-timecode.tsx';
import { useRunCommand } from '../use-run-command.ts';

export function TransportBar() {
  const words = useWords();
  const { transport } = useProject();
  const isPlaying = useStore(transport.playback, (state) => state.isPlaying);
  const rate = useStore(transport.playback, (state) => state.rate);
  return (
    <div className="transport">
      <div className="row">
        <PlayheadTimecode className="viewer-timecode tabular" testId="edit.viewer.timecode" />
        <Length />
      </div>
      <div className="row transport-buttons">
        <TransportButton command="previousEdit" icon="previous-edit" />
        <TransportButton command="frameBack" icon="step-back" />
        <IconButton
          icon={isPlaying ? 'pause' : 'play'}
          label={words(isPlaying ? 'viewer.pause' : 'viewer.play')}
          keys={keysOf('playPause')}
          size="wide"
          isOn
          onClick={() => transport.toggle()}
          testId="edit.viewer.play"
        />
        <TransportButton command="frameForward" icon="step-forward" />
        <TransportButton command="nextEdit" icon="next-edit" />
      </div>
      <div className="row viewer-format text-2 tabular">
        {isPlaying && rate !== 1 && <span className="pill">{words('viewer.speed', { rate })}</span>}
        <Format />
      </div>
    </div>
  );
}

function Length() {
  const rate = useSequence((sequence) => sequence.rate);
  const end = useSequence(sequenceEnd);
  return (
    <span className="text-3 tabular" data-testid="edit.viewer.length">
      / {formatTimecode(end, rate, numberingFor(rate))}
    </span>
  );
}

function Format() {
  const words = useWords();
  const { rate, widthPx, heightPx } = useSequence((sequence) => sequence);
  return (
    <>
      <span>{words('unit.fps', { fps: formatRate(rate) })}</span>
      <span className="text-3">·</span>
      <span>{words('unit.size', { width: widthPx, height: heightPx })}</span>
    </>
  );
}

function TransportButton({ command, icon }: { readonly command: CommandName; readonly icon: IconName }) {
  const words = useWords();
  const run = useRunCommand();
  return (
    <IconButton
      icon={icon}
      label={words(commandNamed(command).label)}
      keys={keysOf(command)}
      onClick={() => run(command)}
      testId={`edit.viewer.${command}`}
    />
  );
}
