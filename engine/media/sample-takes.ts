import type { PictureStream } from '../contract/take.ts';
import type { TakePicture } from '../document/film.ts';
import type { TakeMedia } from './decode/frames-from.ts';
import { type Probed, probe, readFrames } from './probe/probe.ts';
import { ffmpegPath } from './sample-media.ts';
import { takeTable } from './timing/take-table.ts';

export interface SampleTake extends TakeMedia {
  readonly upright: TakePicture;
}

/** A moving picture as the rest of this folder sees it after probing; for tests. */
export async function takeOf(path: string): Promise<SampleTake> {
  const { media, picture } = await probe(path, { ffmpegPath });
  if (!media.picture || !picture) throw new Error(`no picture in ${path}`);
  const table = takeTable(await readFrames(path, media, { ffmpegPath }));
  return { path, container: media.container, picture: media.picture, table, upright: picture };
}

/** The same picture with another record: what would be shown if it said so. */
export function recordedAs(take: SampleTake, change: Partial<PictureStream>): SampleTake {
  return { ...take, picture: { ...take.picture, ...change } };
}

/**
 * A file in one line: container; codec, format and coded size; what it becomes upright; length at its rate; timing; turn
 * and shape; colour (a guess has a question mark); sound: codec, channels, rate, when it starts, how long it lasts.
 */
export function describeMedia({ media, picture, sound }: Probed): string {
  const stream = media.picture;
  const { pixelAspect: shape } = stream ?? {};
  const parts = [media.container];
  if (stream && shape && picture) {
    const notes = [
      ...(stream.hasAlpha ? ['alpha'] : []),
      ...(shape.num === shape.den ? [] : [`pixels ${shape.num}:${shape.den}`]),
      ...(stream.rotationDegrees ? [`turn ${stream.rotationDegrees}`] : []),
      ...(stream.isMirrored ? ['mirrored'] : []),
    ];
    const { colour } = stream;
    const isHdr = colour.transfer === 'arib-std-b67' || colour.transfer === 'smpte2084';
    parts.push(
      [`${stream.codec} ${stream.pixelFormat} ${stream.codedWidthPx}x${stream.codedHeightPx}`, ...notes].join(' '),
      `${picture.widthPx}x${picture.heightPx}`,
      picture.kind === 'still'
        ? 'still'
        : `${picture.frameCount} at ${picture.rate.num}/${picture.rate.den} ${stream.timing}`,
      [`${colour.matrix}${colour.isGuessed ? '?' : ''} ${colour.range}`, ...(isHdr ? [colour.transfer] : [])].join(' '),
    );
  }
  if (media.sound) {
    const { codec, channelCount, sampleRateHz, startsAtSample, timing } = media.sound;
    parts.push(
      `${codec} ${channelCount}ch ${sampleRateHz}${timing ? ` ${timing}` : ''} from ${startsAtSample} for ${sound?.sampleCount}`,
    );
  }
  return parts.join(' | ');
}
