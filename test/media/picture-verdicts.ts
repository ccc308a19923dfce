import { codedFrameAt } from '../../engine/contract/frame-table-file.ts';
import type { TakeRecord } from '../../engine/contract/take.ts';
import { frames, framesPerSecond, type Rate } from '../../engine/document/time.ts';
import {
  decibels,
  glanceOf,
  isToneMapped,
  type SeenFrames,
  seeFrames,
  type Told,
  type ToldPicture,
} from './second-opinion.ts';
import { filmFrames, glancesAt, hashesOf, type InTheApp } from './through-the-app.ts';
import { type Verdict, verdict } from './verdict.ts';

/** First, middle and last frame of a take, by their numbers in the take and among the coded frames. */
export interface ThreeFrames extends SeenFrames {
  readonly takeFrames: readonly number[];
  readonly codedFrames: readonly number[];
}

export async function threeFrames(
  path: string,
  { facts }: TakeRecord,
  picture: ToldPicture,
  { table }: InTheApp,
  scratch: string,
): Promise<ThreeFrames> {
  const count = facts.picture?.kind === 'moving' ? facts.picture.frameCount : 1;
  const takeFrames = [...new Set([0, Math.floor(count / 2), count - 1])];
  const codedFrames = takeFrames.map((frame) => (table ? codedFrameAt(table, frames(frame)) : frame));
  return { takeFrames, codedFrames, ...(await seeFrames(path, picture, codedFrames, scratch)) };
}

export async function pictureVerdicts(
  path: string,
  record: TakeRecord,
  told: Told,
  app: InTheApp,
  seen: ThreeFrames | undefined,
  scratch: string,
): Promise<Verdict[]> {
  const { picture } = record.facts;
  if (!picture || !seen || !told.picture)
    return picture || told.picture ? [verdict(false, 'only one sees a picture')] : [];
  const { takeFrames } = seen;
  const size = `${seen.widthPx}×${seen.heightPx}`;
  const isUpright = picture.widthPx === seen.widthPx && picture.heightPx === seen.heightPx;
  if (!isUpright) return [verdict(false, `it is ${picture.widthPx}×${picture.heightPx}, and ffmpeg says ${size}`)];
  const hashes = await hashesOf(app.film, takeFrames, seen.widthPx * seen.heightPx * 3);
  const other = takeFrames.filter((_, index) => hashes[index] !== seen.hashes[index]);
  const toTheBit = verdict(
    other.length === 0,
    `frames ${takeFrames.join(', ')} to the bit`,
    `frames ${other.join(', ')} differ`,
  );
  // Of a still the film shows what was drawn of it for the window; chroma came to full size in another way there.
  const isPhotograph = picture.kind === 'still' && told.picture.pixelFormat.startsWith('yuv');
  return [
    ...(picture.kind === 'moving' ? timingVerdicts(picture, seen) : []),
    ...(isPhotograph ? [] : [toTheBit]),
    ...(await likenesses(path, told.picture, app, seen, scratch)),
  ];
}

/** Each frame is one that a player shows within half a frame of its moment, and none is left over at the end. */
function timingVerdicts(take: { readonly rate: Rate; readonly frameCount: number }, seen: ThreeFrames): Verdict[] {
  const { times, takeFrames, codedFrames } = seen;
  const shownAt = (index: number) =>
    ((times[index] ?? Number.POSITIVE_INFINITY) - (times[0] ?? 0)) * framesPerSecond(take.rate);
  const wrong = takeFrames.filter((frame, at) => {
    const index = codedFrames[at] ?? 0;
    return shownAt(index) > frame + 0.5 || shownAt(index + 1) < frame - 0.5;
  });
  const isLast = codedFrames.at(-1) === times.length - 1;
  return [
    verdict(wrong.length === 0, 'each at its moment', `frames ${wrong.join(', ')} are not shown at their moment`),
    verdict(
      isLast,
      `${times.length} decoded`,
      `${times.length} are decoded, and the last of the take is number ${codedFrames.at(-1)}`,
    ),
  ];
}

/** Small pictures are alike whatever filter made them so; no two players show HDR alike, only its shapes. */
const likeAnyPlayer = { plain: 25, toneMapped: 12 };
/** A proxy is the film made small and coded at crf 20. */
const likeTheFilm = 25;

/** The film's first frame beside any player's, and the frames of a proxy beside the film's. */
async function likenesses(
  path: string,
  told: ToldPicture,
  app: InTheApp,
  seen: ThreeFrames,
  scratch: string,
): Promise<Verdict[]> {
  const film = await glancesAt(app.film.path, filmFrames(app.film, seen.takeFrames));
  const shown = app.files.picture;
  const proxy = shown?.kind === 'proxy' ? await glancesAt(shown.path, seen.takeFrames) : undefined;
  const least = isToneMapped(told) ? likeAnyPlayer.toneMapped : likeAnyPlayer.plain;
  return [
    likeness('film', [film[0]], [await glanceOf(path, told, scratch)], least),
    ...(proxy ? [likeness('proxy', proxy, film, likeTheFilm)] : []),
  ];
}

function likeness(
  what: string,
  glances: readonly (Uint8Array | undefined)[],
  others: readonly Uint8Array[],
  least: number,
): Verdict {
  const none = new Uint8Array();
  const worst = Math.min(...others.map((other, index) => decibels(glances[index] ?? none, other)));
  return verdict(
    worst >= least,
    `${what} ${worst.toFixed(1)} dB`,
    `${what} is only to ${worst.toFixed(1)} dB what it should be`,
  );
}
