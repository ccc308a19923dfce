import type { Difference } from '../../../engine/contract/relink.ts';
import { assertNever } from '../../../engine/document/film.ts';
import { formatBytes, formatRate, formatSeconds } from '../../i18n/format.ts';
import { type Sentence, sentence } from '../../i18n/sentence.ts';

/** One way in which a file is not the one that is missed. */
export function differenceSentence(difference: Difference): Sentence {
  switch (difference.of) {
    case 'bytes':
      return sentence('difference.bytes', { was: formatBytes(difference.was), is: formatBytes(difference.is) });
    case 'codec':
      return sentence('difference.codec', { was: difference.was, is: difference.is });
    case 'picture': {
      const nested = { was: pictureKind(difference.was), is: pictureKind(difference.is) };
      return { key: 'difference.picture', nested };
    }
    case 'frame-size':
      return sentence('difference.frameSize', { was: sizeOf(difference.was), is: sizeOf(difference.is) });
    case 'rate':
      return sentence('difference.rate', { was: formatRate(difference.was), is: formatRate(difference.is) });
    case 'frames':
      return sentence('difference.frames', { was: difference.was, is: difference.is });
    case 'sound':
      return sentence(difference.is ? 'difference.soundNew' : 'difference.soundGone');
    case 'sound-length': {
      const { wasSeconds, isSeconds } = difference;
      return sentence('difference.soundLength', { was: formatSeconds(wasSeconds), is: formatSeconds(isSeconds) });
    }
    default:
      return assertNever(difference);
  }
}

function pictureKind(kind: Extract<Difference, { of: 'picture' }>['is']): Sentence {
  if (kind === 'none') return sentence('difference.noPicture');
  return sentence(kind === 'still' ? 'bin.still' : 'bin.picture');
}

function sizeOf({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): string {
  return `${widthPx}×${heightPx}`;
}
