import { assertNever, type Film } from '../../../engine/document/film.ts';
import type { FrameRange, Rate } from '../../../engine/document/time.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { type Sentence, sentence } from '../../i18n/sentence.ts';
import { percentDone, phaseOf } from '../../jobs/job-words.ts';
import { mainSequence } from '../../state/project.ts';
import type { ClipLook } from './clip-look.ts';
import type { GridCell } from './grid-cells.ts';

/** How a clip or gap is called aloud: "Keeper at rail, generated, starts 17 seconds 12 frames, lasts …". */
export function cellName(film: Film, { clip, range, isWholeTrack }: GridCell, look: ClipLook | undefined): Sentence {
  const { rate } = mainSequence(film);
  if (isWholeTrack) return sentence('menu.emptyTrack');
  if (!clip || !look) return { key: 'clip.gap', nested: { length: spoken(range.out - range.in, rate) } };
  const span: Sentence = { key: 'clip.span', nested: spokenSpan(range, rate) };
  const name = film.takes[clip.takeId]?.name ?? '';
  const named = (key: MessageKey, nested = {}): Sentence => ({ key, values: { name }, nested: { span, ...nested } });
  switch (look.kind) {
    case 'footage':
    case 'unknown':
      return named('clip.named');
    case 'generated':
      return named('clip.namedGenerated');
    case 'offline':
      return named('clip.namedOffline');
    case 'failed':
      return named('clip.namedFailed');
    case 'ghost':
      return {
        key: 'clip.namedGhost',
        values: { name, percent: percentDone(look.state) },
        nested: { span, phase: phaseOf(look.state) },
      };
    default:
      return assertNever(look);
  }
}

function spokenSpan(range: FrameRange, rate: Rate) {
  return { start: spoken(range.in, rate), length: spoken(range.out - range.in, rate) };
}

/** Whole seconds and the frames left over, at the nominal count. */
function spoken(count: number, rate: Rate): Sentence {
  const nominal = Math.round(rate.num / rate.den);
  const rest = count % nominal;
  if (count < nominal) return sentence('unit.frames', { count });
  const seconds = sentence('unit.wholeSeconds', { count: (count - rest) / nominal });
  if (rest === 0) return seconds;
  return { key: 'unit.secondsAndFrames', nested: { seconds, frames: sentence('unit.frames', { count: rest }) } };
}
