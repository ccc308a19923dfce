import {
  ADTS,
  FilePathSource,
  FLAC,
  Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  Logging,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';
import type { Rate } from '../../document/time.ts';
import { bytesAt, openMedia } from '../open-media.ts';
import { nearestRate } from '../timing/rational.ts';
import { colourOf } from './colour.ts';
import type { CodedPicture, CodedSound, FileDescription } from './description.ts';
import { type Mp4Tracks, readMp4Tracks, type TrackEdit } from './mp4-edits.ts';
import { decodedShape } from './pixel-format.ts';

// Most files are taken apart here, in process: half a millisecond instead of a process of its own for each.

// It writes of every codec it does not know to the console; those are asked of ffmpeg.
Logging.level = 0;

/** A file that mediabunny can take apart. */
export interface Container extends Disposable {
  /** `mp4`, `mov`, `matroska`, `webm`, `mp3`, `wav`, `ogg`, `flac`, `adts`. */
  readonly name: string;
  readonly pictures: readonly InputVideoTrack[];
  readonly sounds: readonly InputAudioTrack[];
  /** The stream that ffmpeg calls this track; undefined where only ffmpeg can tell. */
  streamIndexOf(track: InputTrack): number | undefined;
  editOf(track: InputTrack): TrackEdit;
  readonly isFragmented: boolean;
  /** The media type a window plays the file under, with its codecs. */
  mime(): Promise<string>;
}

const names: Readonly<Record<string, string>> = {
  MP4: 'mp4',
  'QuickTime File Format': 'mov',
  Matroska: 'matroska',
  WebM: 'webm',
  MP3: 'mp3',
  WAVE: 'wav',
  Ogg: 'ogg',
  FLAC: 'flac',
  ADTS: 'adts',
};

/** Opens a file; undefined when it is of a kind that mediabunny does not read, or too broken for it. */
export async function openContainer(path: string): Promise<Container | undefined> {
  const formats = [MP4, QTFF, MATROSKA, WEBM, WAVE, MP3, OGG, FLAC, ADTS];
  const input = new Input({ source: new FilePathSource(path), formats });
  try {
    const name = names[(await input.getFormat()).name];
    const tracks = await input.getTracks();
    const mp4 = name === 'mp4' || name === 'mov' ? await mp4TracksOf(path) : undefined;
    if (name === undefined || ((name === 'mp4' || name === 'mov') && !mp4)) throw new Error('no index of tracks');
    if (name === 'ogg' && (await oggStreams(path)) !== tracks.length)
      throw new Error('streams of a kind it does not tell of');
    return {
      name,
      pictures: tracks.filter((track) => track.isVideoTrack()),
      sounds: tracks.filter((track) => track.isAudioTrack()),
      streamIndexOf: (track) => streamIndexOf(track, tracks, name, mp4),
      editOf: (track) => mp4?.tracks.find(({ id }) => id === track.id)?.edit ?? { kind: 'whole' },
      isFragmented: mp4?.isFragmented ?? false,
      mime: () => input.getMimeType(),
      [Symbol.dispose]: () => input.dispose(),
    };
  } catch {
    input.dispose();
    return undefined;
  }
}

/** Describes what a take can use of a file; undefined where mediabunny does not know a part of it well enough. */
export async function describeContainer(container: Container): Promise<FileDescription | undefined> {
  const [firstPicture] = container.pictures;
  const picture = firstPicture && (await describePicture(container, firstPicture));
  const defaultSound = await defaultSoundOf(container);
  const sound = defaultSound && (await describeSound(container, defaultSound));
  if ((firstPicture && !picture) || (defaultSound && !sound)) return undefined;
  return { container: container.name, ...(picture ? { picture } : {}), ...(sound ? { sound } : {}) };
}

async function mp4TracksOf(path: string): Promise<Mp4Tracks | undefined> {
  const file = await openMedia(path);
  try {
    return await readMp4Tracks(file);
  } finally {
    await file.close();
  }
}

// Of an Ogg file mediabunny tells the sounds alone: a film in one would pass for its sound. Every stream begins with a
// page of its own, marked as the first (RFC 3533, 6), before any other page.
async function oggStreams(path: string): Promise<number> {
  const file = await openMedia(path);
  try {
    const head = (await bytesAt(file, 0, 64 * 1024)).toString('latin1');
    return head.split('OggS').filter((page, index) => index > 0 && (page.charCodeAt(1) & 2) !== 0).length;
  } finally {
    await file.close();
  }
}

// ffmpeg counts every stream of a file, mediabunny only pictures and sounds. MP4 lists its tracks in ffmpeg's order;
// Matroska numbers them, in practice from 1 in order, which is certain where none is missing from the numbers.
function streamIndexOf(
  track: InputTrack,
  tracks: readonly InputTrack[],
  name: string,
  mp4: Mp4Tracks | undefined,
): number | undefined {
  if (mp4) return mp4.tracks.find(({ id }) => id === track.id)?.streamIndex;
  if (tracks.length === 1 && name !== 'matroska' && name !== 'webm') return 0;
  const isNumberedInOrder = tracks.every(({ id }, index) => id === index + 1);
  return name !== 'ogg' && isNumberedInOrder ? track.id - 1 : undefined;
}

async function defaultSoundOf({ sounds }: Container): Promise<InputAudioTrack | undefined> {
  for (const sound of sounds) if ((await sound.getDisposition()).default) return sound;
  return sounds[0];
}

const pictureCodecs: Readonly<Record<string, string>> = { avc: 'h264' };

async function describePicture(container: Container, track: InputVideoTrack): Promise<CodedPicture | undefined> {
  const streamIndex = container.streamIndexOf(track);
  const codec = await track.getCodec();
  const config = codec ? await track.getDecoderConfig() : null;
  if (streamIndex === undefined || codec === null || config === null) return undefined;
  const shape = decodedShape(codec, config.codec, bytesOf(config.description));
  if (!shape) return undefined;
  const codedWidthPx = await track.getCodedWidth();
  const codedHeightPx = await track.getCodedHeight();
  const { primaries, transfer, matrix, fullRange } = await track.getColorSpace();
  const tags = {
    primaries: primaries ?? undefined,
    transfer: transfer ?? undefined,
    matrix: matrix ?? undefined,
    range: fullRange == null ? undefined : fullRange ? ('full' as const) : ('limited' as const),
  };
  const hasAlpha = await track.canBeTransparent();
  return {
    ...{ streamIndex, codec: pictureCodecs[codec] ?? codec, codedWidthPx, codedHeightPx, hasAlpha },
    pixelFormat: hasAlpha ? shape.pixelFormat.replace(/^yuv/, 'yuva') : shape.pixelFormat,
    pixelAspect: pixelAspectOf(await track.getPixelAspectRatio(), shape.pixelAspect, codedWidthPx),
    rotationDegrees: await track.getRotation(),
    isMirrored: await track.getFlip(),
    colour: colourOf(tags, { codedHeightPx, isRgb: false }),
  };
}

// The container's shape of a pixel wins over the stream's, as in every player, but mediabunny hands it on rounded to
// whole pixels: where both mean the same, the stream's is exact.
function pixelAspectOf(container: Rate, stream: Rate | undefined, codedWidthPx: number): Rate {
  const told = nearestRate(container.num, container.den);
  if (!stream) return told;
  const isSquare = told.num === told.den;
  const differsByPx = Math.abs((told.num / told.den - stream.num / stream.den) * codedWidthPx);
  return isSquare || differsByPx <= 1 ? nearestRate(stream.num, stream.den) : told;
}

const soundCodecs: Readonly<Record<string, string>> = {
  ulaw: 'pcm_mulaw',
  alaw: 'pcm_alaw',
  'pcm-u8': 'pcm_u8',
  'pcm-s8': 'pcm_s8',
};

async function describeSound(container: Container, track: InputAudioTrack): Promise<CodedSound | undefined> {
  const streamIndex = container.streamIndexOf(track);
  const codec = await track.getCodec();
  if (streamIndex === undefined || codec === null) return undefined;
  const channelCount = await track.getNumberOfChannels();
  const sampleRateHz = await track.getSampleRate();
  return { streamIndex, codec: soundCodecs[codec] ?? ffmpegSoundName(codec), channelCount, sampleRateHz };
}

// pcm-s24 is pcm_s24le, pcm-s24be is pcm_s24be.
function ffmpegSoundName(codec: string): string {
  if (!codec.startsWith('pcm-')) return codec;
  return codec.endsWith('be') ? codec.replace('-', '_') : `${codec.replace('-', '_')}le`;
}

function bytesOf(source: AllowSharedBufferSource | undefined): Uint8Array | undefined {
  if (source === undefined) return undefined;
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return new Uint8Array(source);
}
