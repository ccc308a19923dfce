import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { failureWords } from '../../engine/contract/failure-words.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { probeFile } from '../../engine/media/ingest.ts';
import { ffmpegPath } from '../../engine/media/sample-media.ts';
import { describeMedia } from '../../engine/media/sample-takes.ts';
import { pictureVerdicts, threeFrames } from './picture-verdicts.ts';
import { type Told, tellOf } from './second-opinion.ts';
import { soundVerdicts } from './sound-verdicts.ts';
import { throughTheApp } from './through-the-app.ts';
import { type Verdict, verdict } from './verdict.ts';

/** What came of one file. */
export interface Examined {
  readonly name: string;
  /** The take in one line, or the sentence with which it was refused. */
  readonly said: string;
  /** Sentences; none when all is well. */
  readonly faults: readonly string[];
  /** What was found as it should be, with figures. */
  readonly found: readonly string[];
}

/**
 * Sends a file through import, preparing and export, and holds what comes out against ffmpeg's own reading of the file:
 * first, middle and last frame to the bit, each shown at its moment; film and proxy as any player shows the picture;
 * the sound where it should lie and as loud. A file that is refused must be one that ffmpeg cannot open either.
 */
export async function examine(path: string): Promise<Examined> {
  const scratch = mkdtempSync(join(tmpdir(), "shotloom 'file' 漢字 "));
  const name = basename(path);
  try {
    const probed = await probeFile(path, { takeId: 'take' as TakeId, projectFolder: dirname(path), ffmpegPath });
    const told = await tellOf(path);
    if (probed.kind === 'failed') {
      return { name, said: failureWords(probed.failure, 'en').happened, ...sorted([refusal(told)]) };
    }
    const record = probed.value;
    const app = await throughTheApp(path, record, scratch);
    const seen =
      told.picture && record.facts.picture ? await threeFrames(path, record, told.picture, app, scratch) : undefined;
    const verdicts = [
      ...(await pictureVerdicts(path, record, told, app, seen, scratch)),
      ...(await soundVerdicts(path, record, told, app, seen)),
    ];
    return { name, said: describeMedia({ ...record.facts, media: record.origin.media }), ...sorted(verdicts) };
  } catch (error) {
    return { name, said: '', faults: [error instanceof Error ? error.message : String(error)], found: [] };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function sorted(verdicts: readonly Verdict[]): Pick<Examined, 'faults' | 'found'> {
  const wordsOf = (isWell: boolean) => verdicts.filter((each) => each.isWell === isWell).map(({ words }) => words);
  return { faults: wordsOf(false), found: wordsOf(true) };
}

function refusal({ picture, sound }: Told): Verdict {
  return verdict(!picture && !sound, 'ffmpeg cannot open it either', 'it is refused, and ffmpeg opens it');
}
