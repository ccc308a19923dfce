import type { LibraryEntry } from '../../../engine/contract/library.ts';
import { assertNever, type TakeFacts } from '../../../engine/document/film.ts';
import { frames, framesToSeconds } from '../../../engine/document/time.ts';
import { type Sentence, sentence } from '../../i18n/sentence.ts';

/** What a take is, in a word. */
export function kindOfTake(entry: LibraryEntry): Sentence {
  switch (entry.kind) {
    case 'pending':
      return sentence('bin.generated');
    case 'failed':
      return sentence('bin.failed');
    case 'offline':
      return sentence('bin.offline');
    case 'ready':
      return kindOfFacts(entry.facts);
    default:
      return assertNever(entry);
  }
}

function kindOfFacts({ origin, picture }: TakeFacts): Sentence {
  if (origin === 'generated') return sentence('bin.generated');
  if (!picture) return sentence('bin.sound');
  return sentence(picture.kind === 'still' ? 'bin.still' : 'bin.picture');
}

/** Minutes and seconds of a take on its own, 0:05; a still has no length. */
export function lengthOfTake({ picture, sound }: TakeFacts): string | undefined {
  if (picture?.kind === 'still') return undefined;
  const seconds = picture
    ? framesToSeconds(frames(picture.frameCount), picture.rate)
    : (sound?.sampleCount ?? 0) / (sound?.sampleRateHz ?? 48000);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds - minutes * 60;
  return minutes === 0 && rest < 10
    ? `0:${rest.toFixed(1).padStart(4, '0')}`
    : `${minutes}:${String(Math.floor(rest)).padStart(2, '0')}`;
}
