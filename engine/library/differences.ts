import type { Difference } from '../contract/relink.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeFacts } from '../document/film.ts';

/** What an editor should know before a file takes the place of the one a take was made from. */
export function differencesBetween(was: TakeRecord, is: TakeRecord): Difference[] {
  return [...inFile(was, is), ...inPicture(was.facts, is.facts), ...inSound(was.facts, is.facts)];
}

/**
 * Whether clips of the take would show and play with the other file as they are: the film keeps a copy of how long, how
 * large and how fast a take is, and of a take that is made that never changes. Sound is conformed to its length.
 */
export function canStandIn(differences: readonly Difference[]): boolean {
  return differences.every(({ of }) => of === 'bytes' || of === 'codec' || of === 'sound-length');
}

function inFile(was: TakeRecord, is: TakeRecord): Difference[] {
  const [bytes, otherBytes] = [bytesOf(was), bytesOf(is)];
  const [codec, otherCodec] = [codecOf(was), codecOf(is)];
  return [
    ...(bytes === otherBytes ? [] : [{ of: 'bytes' as const, was: bytes, is: otherBytes }]),
    ...(codec === otherCodec ? [] : [{ of: 'codec' as const, was: codec, is: otherCodec }]),
  ];
}

function inPicture({ picture: was }: TakeFacts, { picture: is }: TakeFacts): Difference[] {
  if (was?.kind !== is?.kind) return [{ of: 'picture', was: was?.kind ?? 'none', is: is?.kind ?? 'none' }];
  if (!was || !is) return [];
  const differences: Difference[] = [];
  if (was.widthPx !== is.widthPx || was.heightPx !== is.heightPx) {
    differences.push({ of: 'frame-size', was: sizeOf(was), is: sizeOf(is) });
  }
  if (was.kind === 'still' || is.kind === 'still') return differences;
  if (was.rate.num * is.rate.den !== is.rate.num * was.rate.den) {
    differences.push({ of: 'rate', was: was.rate, is: is.rate });
  }
  if (was.frameCount !== is.frameCount) differences.push({ of: 'frames', was: was.frameCount, is: is.frameCount });
  return differences;
}

function inSound({ sound: was }: TakeFacts, { sound: is }: TakeFacts): Difference[] {
  if (!was || !is) return was || is ? [{ of: 'sound', was: was !== undefined, is: is !== undefined }] : [];
  const [wasSeconds, isSeconds] = [was.sampleCount / was.sampleRateHz, is.sampleCount / is.sampleRateHz];
  // Coders pad to whole blocks: less than a frame of film is no difference that anybody hears.
  return Math.abs(wasSeconds - isSeconds) < leastSeconds ? [] : [{ of: 'sound-length', wasSeconds, isSeconds }];
}

const leastSeconds = 0.05;

function sizeOf({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }) {
  return { widthPx, heightPx };
}

function bytesOf({ origin }: TakeRecord): number {
  return origin.kind === 'imported' ? origin.file.sizeBytes : 0;
}

function codecOf({ origin: { media } }: TakeRecord): string {
  return [media.picture?.codec, media.sound?.codec].filter(Boolean).join(', ');
}
