import type { TakeRecord } from '../../engine/contract/take.ts';
import { compareSound, type SoundLikeness, spansOf } from './compare-sound.ts';
import type { ThreeFrames } from './picture-verdicts.ts';
import { hearSound } from './second-hearing.ts';
import type { Told } from './second-opinion.ts';
import { type InTheApp, samplesOf } from './through-the-app.ts';
import { type Verdict, verdict } from './verdict.ts';

/** Within a millisecond: far below a frame, and above what resampling and an encoder's run-up move. */
const synchronousSamples = 48;

export async function soundVerdicts(
  path: string,
  record: TakeRecord,
  told: Told,
  app: InTheApp,
  seen: ThreeFrames | undefined,
): Promise<Verdict[]> {
  const { sound } = record.facts;
  if (!sound || !told.sound) return sound || told.sound ? [verdict(false, 'only one hears a sound')] : [];
  if (app.files.sound === undefined) return [verdict(false, 'its sound was not prepared')];
  const heard = await hearSound(path, told.sound);
  const startSeconds = seen?.times[0] ?? heard.startSeconds;
  const whole = await samplesOf(app.files.sound);
  const all = [{ from: 0, to: whole.length / 2, inTake: 0 }];
  const film = await samplesOf(app.film.path);
  // The file may hold more sound than it plays, behind an edit list's end.
  const spans = spansOf(app.film).map((span) => ({
    ...span,
    to: Math.min(span.to, span.from + whole.length / 2 - span.inTake),
  }));
  return [
    soundVerdict('sound', compareSound(whole, all, heard, startSeconds)),
    soundVerdict('film’s sound', compareSound(film, spans, heard, startSeconds)),
  ];
}

function soundVerdict(what: string, likeness: SoundLikeness | undefined): Verdict {
  if (!likeness) return verdict(true, `${what} silent`);
  const { lateSamples, gain, correlation } = likeness;
  const isWell = Math.abs(lateSamples) <= synchronousSamples && Math.abs(gain - 1) < 0.02 && correlation > 0.99;
  const late = ((lateSamples / 48_000) * 1000).toFixed(1);
  return verdict(isWell, `${what} ${late} ms late, ${gain.toFixed(3)} as loud, ${correlation.toFixed(4)} alike`);
}
