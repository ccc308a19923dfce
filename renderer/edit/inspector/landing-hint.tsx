import type { PackSummary } from '../../../engine/contract/generation.ts';
import type { ShotRequest } from '../../../engine/contract/take.ts';
import { assertNever } from '../../../engine/document/film.ts';
import { type Frames, frames, offsetOfTakeFrame, type Rate } from '../../../engine/document/time.ts';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { type Landing, landingFor } from '../../generate/landing.ts';
import { formatSeconds } from '../../i18n/format.ts';
import { useWords } from '../../i18n/index.ts';
import { type Sentence, sentence } from '../../i18n/sentence.ts';
import { trackLabel } from '../../i18n/told-sentences.ts';
import { useFilm, useSequence, useSession } from '../../state/services.tsx';
import { secondsOf } from '../timeline/time-scale.ts';

/** Says where the shot will go before it is started. */
export function LandingHint({ request, pack }: { readonly request: ShotRequest; readonly pack: PackSummary }) {
  const words = useWords();
  const film = useFilm((each) => each);
  const sequence = useSequence((each) => each);
  const playhead = useSession((session) => session.playhead);
  const wanted = offsetOfTakeFrame(frames(request.frameCount), pack.rate, sequence.rate);
  const landing = landingFor(sequence, playhead, wanted);
  if (!landing) return null;
  const hint = landingSentence(landing, trackLabel(film, landing.trackId), sequence.rate);
  return <p className="landing-hint text-3 tabular">{words(hint)}</p>;
}

function landingSentence(landing: Landing, track: string, rate: Rate): Sentence {
  switch (landing.kind) {
    case 'locked':
      return sentence('generate.locked', { track });
    case 'at-playhead':
      return sentence('generate.landsAtPlayhead');
    case 'appended':
      return sentence('generate.landsAppended', { track });
    case 'moved-to-fit':
      return sentence('generate.landsAt', { at: formatTimecode(landing.at, rate, numberingFor(rate)) });
    case 'fills-gap':
      return { key: 'generate.landsInGap', nested: { length: inSeconds(landing.length, rate) } };
    default:
      return assertNever(landing);
  }
}

function inSeconds(length: Frames, rate: Rate): Sentence {
  return sentence('unit.seconds', { seconds: formatSeconds(secondsOf(length, rate)) });
}
