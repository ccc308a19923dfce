import { FailureError } from '../../contract/failure.ts';
import type { MediaFault } from '../../contract/media-faults.ts';
import { inputFile, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { unreadable } from '../open-media.ts';
import { colourOf } from './colour.ts';
import type { CodedPicture, CodedSound, FileDescription } from './description.ts';
import { isRgb } from './pixel-format.ts';
import { type ListedPicture, type ListedSound, parseStreamInfo, type StreamInfo } from './stream-info.ts';

interface AskedRun {
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
  /** Names the demuxer where the kind of file is known already. */
  readonly format?: string;
}

/**
 * Describes a file by what `ffmpeg -i` prints.
 * Throws a FailureError: `media-unreadable` with a reason, or `media-unsupported` naming the codec when this ffmpeg
 * cannot decode the picture or the sound that a take would use.
 */
export async function describeWithFfmpeg(path: string, run: AskedRun): Promise<FileDescription> {
  const messages = { signal: run.signal, messages: 'info', mayFail: true } as const;
  const lines = await runFfmpeg(run.ffmpegPath, inputFile(path, run.format), messages);
  const info = parseStreamInfo(lines);
  if (!info) throw unreadable(path, faultOf(lines));
  const [picture] = info.streams.filter((stream) => stream.kind === 'picture').filter(({ isCoverArt }) => !isCoverArt);
  const sound = chosenSound(info);
  if (!picture && !sound) throw unreadable(path, 'there is no picture or sound in it');
  for (const stream of [picture, sound]) {
    if (stream && !isDecodable(stream)) throw await undecodable(stream, path, run);
  }
  return {
    container: info.container,
    ...(picture ? { picture: pictureOf(picture) } : {}),
    ...(sound ? { sound: soundOf(sound) } : {}),
  };
}

/** The default sound, else the first; one that can be decoded before one that cannot. */
function chosenSound({ streams }: StreamInfo): ListedSound | undefined {
  const sounds = streams.filter((stream) => stream.kind === 'sound');
  const usable = sounds.filter(isDecodable);
  return usable.find(({ isDefault }) => isDefault) ?? usable[0] ?? sounds[0];
}

function pictureOf(listed: ListedPicture): CodedPicture {
  const { streamIndex, codec, pixelFormat = '', widthPx, heightPx, pixelAspect, rotationDegrees } = listed;
  return {
    ...{ streamIndex, codec, pixelFormat, codedWidthPx: widthPx, codedHeightPx: heightPx, pixelAspect },
    ...{ rotationDegrees, isMirrored: false, hasAlpha: isWithAlpha(pixelFormat) },
    colour: colourOf(listed.colour, { codedHeightPx: heightPx, isRgb: isRgb(pixelFormat) }),
  };
}

function soundOf({ streamIndex, codec, channelCount, sampleRateHz }: ListedSound): CodedSound {
  return { streamIndex, codec, channelCount, sampleRateHz };
}

function isDecodable(listed: ListedPicture | ListedSound): boolean {
  if ('sampleRateHz' in listed) return listed.codec !== 'none' && listed.sampleRateHz > 0;
  return listed.codec !== 'none' && listed.pixelFormat !== undefined && listed.widthPx > 0 && listed.heightPx > 0;
}

const knownTags: Readonly<Record<string, string>> = { vvc1: 'VVC (H.266)', vvi1: 'VVC (H.266)' };
const protectedTags = ['encv', 'enca', 'drmi', 'drms'];

// A known codec of which ffmpeg can say nothing more is one it has no decoder for, or a file too broken to tell.
async function undecodable(listed: ListedPicture | ListedSound, path: string, run: AskedRun): Promise<FailureError> {
  const { codec, tag = '', streamIndex } = listed;
  if (protectedTags.includes(tag)) return unreadable(path, 'it is protected against copying');
  const name = knownTags[tag] ?? (codec === 'none' ? tag || 'unknown' : codec);
  const unsupported = new FailureError({ code: 'media-unsupported', path, codec: name });
  if (codec === 'none') return unsupported;
  const oneFrame = [...inputFile(path, run.format), '-map', `0:${streamIndex}`, '-frames:v', '1', '-f', 'null', '-'];
  const lines = await runFfmpeg(run.ffmpegPath, oneFrame, { signal: run.signal, mayFail: true });
  return /no decoder found|Decoder .*not found/i.test(lines.join(' '))
    ? unsupported
    : unreadable(path, 'it is damaged');
}

// A text file is "detected with low score" as half the formats there are; what is said after that means nothing.
function faultOf(lines: readonly string[]): MediaFault {
  const text = lines.join('\n');
  if (/Permission denied|Operation not permitted/.test(text)) return 'it may not be opened';
  if (/misdetection possible/.test(text)) return 'it is not a film, a sound or a picture';
  if (/moov atom not found|End of file|partial file/.test(text)) return 'it is cut short';
  return 'it is not a film, a sound or a picture';
}

function isWithAlpha(pixelFormat: string): boolean {
  return /^(yuva|gbrap|rgba|argb|bgra|abgr|ya\d|pal8)/.test(pixelFormat);
}
