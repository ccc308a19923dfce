import type { Failure, Outcome } from '../../../engine/contract/failure.ts';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import type { Difference, MediaSearch, Relinked } from '../../../engine/contract/relink.ts';
import { nameOf } from '../../i18n/told-sentences.ts';
import type { StandInProject } from './projects.ts';
import { rushes } from './shelf.ts';

/** What a search would find on the stand-in's disks: where each lost file lies now, by its name. */
export interface LostAndFound {
  /** Near where it was: found unasked. */
  near: Record<string, string>;
  /** Found only in a folder that somebody names. */
  far: Record<string, string>;
  /** Another file lies where it was. */
  replaced: readonly string[];
}

type Footage = Extract<LibraryEntry, { kind: 'ready' | 'offline' }>;

/** Looks for what is offline, a file every few milliseconds. */
export async function* findMissing(
  { entries }: StandInProject,
  { near, far, replaced }: LostAndFound,
  folder: string | undefined,
  stepMs: number,
): AsyncGenerator<MediaSearch> {
  const lost = [...entries.values()].filter((entry): entry is Footage => entry.kind === 'offline');
  for (const { facts } of lost) {
    if (replaced.includes(facts.name)) yield { kind: 'replaced', takeId: facts.id, path: `${rushes}/${facts.name}` };
  }
  const there = folder === undefined ? near : { ...near, ...far };
  let fileCount = 0;
  for (const { facts } of lost) {
    await new Promise((resolve) => setTimeout(resolve, stepMs));
    fileCount += 400;
    yield { kind: 'looking', fileCount };
    const path = there[facts.name];
    if (path !== undefined) yield { kind: 'found', takeId: facts.id, path };
  }
  yield { kind: 'ended', fileCount, isCutShort: false };
}

/** A file that was not lost is another one: of a like shape if it lies in the same folder, else of none that fits. */
export function relink(
  entry: LibraryEntry | undefined,
  path: string,
  differing: 'refuse' | 'accept',
  { near, far }: LostAndFound,
): Outcome<Relinked> {
  if (entry?.kind !== 'offline') return failed('it is not missed');
  const { record, facts, view } = entry;
  const { origin } = record;
  if (origin.kind !== 'imported') return failed('only what was imported can be relinked');
  const isSame = near[facts.name] === path || far[facts.name] === path;
  const isLike = nameOf(path) === facts.name;
  if (!isSame && (differing === 'refuse' || !isLike)) {
    const differences = isLike ? regraded : another;
    return { kind: 'done', value: { kind: 'differs', differences, canStandIn: isLike } };
  }
  const found = { ...record, origin: { ...origin, file: { ...origin.file, absolutePath: path } } };
  return { kind: 'done', value: { kind: 'relinked', entry: { kind: 'ready', facts, record: found, view } } };
}

const regraded: Difference[] = [
  { of: 'bytes', was: 812_000_000, is: 304_000_000 },
  { of: 'codec', was: 'h264, aac', is: 'hevc, aac' },
];
const another: Difference[] = [
  { of: 'frame-size', was: { widthPx: 1920, heightPx: 1080 }, is: { widthPx: 960, heightPx: 540 } },
  { of: 'rate', was: { num: 24, den: 1 }, is: { num: 30000, den: 1001 } },
  { of: 'frames', was: 200, is: 150 },
];

function failed(reason: string): { readonly kind: 'failed'; readonly failure: Failure } {
  return { kind: 'failed', failure: { code: 'bad-request', reason } };
}
