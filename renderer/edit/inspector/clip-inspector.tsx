import { useShallow } from 'zustand/react/shallow';
import type { Clip } from '../../../engine/document/film.ts';
import { allClips } from '../../../engine/document/track.ts';
import { useWords } from '../../i18n/index.ts';
import { useSequence, useSession } from '../../state/services.tsx';
import { FramingFields } from './framing-fields.tsx';
import { GainField } from './gain-field.tsx';
import { SourceFacts } from './source-facts.tsx';

/** What is selected on the timeline: how its picture lies, how loud its sound is, and where it comes from. */
export function ClipInspector() {
  const words = useWords();
  const selected = useSession((session) => session.selectedClips);
  const clips = useSequence(
    useShallow((sequence) => allClips(sequence).flatMap(({ clip }) => (selected.includes(clip.id) ? [clip] : []))),
  );
  const pictures = clips.filter((clip) => clip.kind === 'picture');
  const sounds = clips.filter((clip) => clip.kind === 'sound');
  const first: Clip | undefined = pictures[0] ?? sounds[0];
  if (!first) return <p className="inspector-empty text-2">{words('inspector.none')}</p>;
  const takes = new Set(clips.map((clip) => clip.takeId));
  return (
    <div className="clip-inspector" data-testid="edit.inspector.clip">
      {takes.size > 1 && <p className="text-2">{words('inspector.many', { count: clips.length })}</p>}
      {pictures[0] && <FramingFields clip={pictures[0]} clipIds={pictures.map((clip) => clip.id)} />}
      {sounds[0] && <GainField clip={sounds[0]} clipIds={sounds.map((clip) => clip.id)} />}
      {takes.size === 1 && <SourceFacts clip={first} />}
    </div>
  );
}
