import type { SwitchTrack } from '../../../engine/document/adjust-film.ts';
import type { Track } from '../../../engine/document/film.ts';
import { trackOf } from '../../../engine/document/track.ts';
import { useWords } from '../../i18n/index.ts';
import { newGesture, perform } from '../../state/edits.ts';
import { mainSequence } from '../../state/project.ts';
import { useIsReader, useProject, useSequence, useServices } from '../../state/services.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Lane } from './lanes.ts';

/** A track's name and its switches: lock and hide for pictures; lock, mute and solo for sound. */
export function TrackHeader({ lane }: { readonly lane: Lane }) {
  const words = useWords();
  const track = useSequence((sequence) => trackOf(sequence, lane.trackId));
  if (!track) return null;
  const name = track.name || words(track.kind === 'video' ? 'timeline.trackName.picture' : 'timeline.trackName.sound');
  return (
    <div className="track-header" style={{ height: lane.heightPx }}>
      <span className="track-label">{lane.label}</span>
      <span className="track-name ellipsis">{name}</span>
      <TrackSwitches lane={lane} track={track} />
    </div>
  );
}

function TrackSwitches({ lane, track }: { readonly lane: Lane; readonly track: Track }) {
  const words = useWords();
  const flip = useTrackSwitch(lane);
  const isReader = useIsReader();
  const shared = { size: 'small', disabled: isReader } as const;
  const values = { track: lane.label };
  const testId = (what: string) => `edit.timeline.track.${lane.label.toLowerCase()}.${what}`;
  return (
    <>
      <IconButton
        {...shared}
        icon={track.isLocked ? 'lock' : 'unlock'}
        label={words('timeline.lock', values)}
        isOn={track.isLocked}
        onClick={() => flip('lock', !track.isLocked)}
        testId={testId('lock')}
      />
      {track.kind === 'video' ? (
        <IconButton
          {...shared}
          icon={track.isHidden ? 'hidden' : 'eye'}
          label={words('timeline.hide', values)}
          isOn={track.isHidden}
          onClick={() => flip('hide', !track.isHidden)}
          testId={testId('hide')}
        />
      ) : (
        <>
          <IconButton
            {...shared}
            letter={words('timeline.muteLetter')}
            label={words('timeline.mute', values)}
            isOn={track.isMuted}
            accent="alarm"
            onClick={() => flip('mute', !track.isMuted)}
            testId={testId('mute')}
          />
          <IconButton
            {...shared}
            letter={words('timeline.soloLetter')}
            label={words('timeline.solo', values)}
            isOn={track.isSolo}
            accent="accent"
            onClick={() => flip('solo', !track.isSolo)}
            testId={testId('solo')}
          />
        </>
      )}
    </>
  );
}

function useTrackSwitch({ trackId }: Lane): (toggle: SwitchTrack['toggle'], isOn: boolean) => void {
  const project = useProject();
  const { notices } = useServices();
  return (toggle, isOn) => {
    const sequenceId = mainSequence(project.film.film()).id;
    perform(project, notices, { kind: 'switch-track', gesture: newGesture(), sequenceId, trackId, toggle, isOn });
  };
}
