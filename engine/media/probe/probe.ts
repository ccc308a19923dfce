import type { FileHandle } from 'node:fs/promises';
import type { MediaFacts, SoundStream } from '../../contract/take.ts';
import type { TakePicture, TakeSound } from '../../document/film.ts';
import { samples } from '../../document/time.ts';
import { openMedia, unreadable } from '../open-media.ts';
import { type CodedFrames, timingOf } from '../timing/timing.ts';
import { type Container, describeContainer, openContainer } from './container.ts';
import { isWhole, readContainerFrames, readSoundSpan, type SoundSpan } from './container-frames.ts';
import { readCopiedPackets } from './copied-packets.ts';
import { describeWithFfmpeg } from './describe-with-ffmpeg.ts';
import { type CodedSound, type FileDescription, uprightSize } from './description.ts';
import { readEncoderPadding } from './mp3-gapless.ts';
import { readStill, type Still } from './still-header.ts';

export interface ProbeRun {
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a file is, and what a cut must know of it. */
export interface Probed {
  readonly media: MediaFacts;
  readonly picture?: TakePicture;
  readonly sound?: TakeSound;
}

/**
 * Finds out what a file holds. In process wherever mediabunny or a header suffices; ffmpeg is asked about the rest.
 *
 * Nothing is believed that a header merely claims about time: rate and length come from the frames themselves.
 * The take begins with its first whole frame of picture; sound is placed by how much later or earlier it begins.
 *
 * Throws a FailureError: `media-missing`; `media-unreadable` with a reason; `media-unsupported` naming the codec that
 * this ffmpeg cannot decode, never a take that would show black.
 */
export async function probe(path: string, run: ProbeRun): Promise<Probed> {
  const file = await openMedia(path);
  try {
    if ((await file.stat()).size === 0) throw unreadable(path, 'it is empty');
    const still = await readStill(file, path);
    if (still) return await probeStill(path, still, run);
    using container = await openContainer(path);
    const { description, times } = await readStreams(path, container, run);
    const probed = probedOf(description, await withPadding(file, description, times));
    if (!probed.picture && !probed.sound) throw unreadable(path, 'there is no picture or sound in it');
    return probed;
  } finally {
    await file.close();
  }
}

/** When the frames and the sound of a file are, in seconds of the file. */
export interface StreamTimes {
  readonly frames?: CodedFrames;
  readonly sound?: SoundSpan;
}

/** The coded frames of the picture stream that a record names, as `probe` saw them. */
export async function readFrames(path: string, media: MediaFacts, run: ProbeRun): Promise<CodedFrames> {
  using container = await openContainer(path);
  const { times } = await readTimes(path, container, media, run);
  if (!times.frames) throw unreadable(path, 'it is damaged');
  return times.frames;
}

async function readStreams(
  path: string,
  container: Container | undefined,
  run: ProbeRun,
): Promise<{ description: FileDescription; times: StreamTimes }> {
  const own = container && (await describeContainer(container));
  const asked = own ?? (await describeWithFfmpeg(path, run));
  const description = container ? { ...asked, container: container.name } : asked;
  if (!description.picture && !description.sound) throw unreadable(path, 'there is no picture or sound in it');
  return readTimes(path, container, description, run);
}

async function readTimes<D extends Pick<FileDescription, 'picture' | 'sound'>>(
  path: string,
  container: Container | undefined,
  description: D,
  run: ProbeRun,
): Promise<{ description: D; times: StreamTimes }> {
  const times = container && (await readContainerTimes(path, container, description, run));
  if (times) return { description, times };
  const wanted = { pictureIndex: description.picture?.streamIndex, soundIndex: description.sound?.streamIndex };
  return { description, times: await readCopiedPackets(path, wanted, run) };
}

async function readContainerTimes(
  path: string,
  container: Container,
  { picture, sound }: Pick<FileDescription, 'picture' | 'sound'>,
  { signal }: ProbeRun,
): Promise<StreamTimes | undefined> {
  const isAt = (index: number | undefined) => (track: Parameters<Container['streamIndexOf']>[0]) =>
    index !== undefined && container.streamIndexOf(track) === index;
  const pictureTrack = container.pictures.find(isAt(picture?.streamIndex));
  const soundTrack = container.sounds.find(isAt(sound?.streamIndex));
  if ((picture && !pictureTrack) || (sound && !soundTrack)) return undefined;
  if (soundTrack && container.editOf(soundTrack).kind === 'complex') return undefined;
  for (const track of [pictureTrack, soundTrack]) {
    if (track && !(await isWhole(track))) throw unreadable(path, 'it is cut short');
  }
  const frames = pictureTrack && (await readContainerFrames(container, pictureTrack, signal));
  if (pictureTrack && !frames) return undefined;
  const span = soundTrack && (await readSoundSpan(container, soundTrack, signal));
  return { ...(frames ? { frames } : {}), ...(span ? { sound: span } : {}) };
}

// An MP3's frames include the encoder's run-up and the rest of its last frame.
async function withPadding(
  file: FileHandle,
  { container, sound }: FileDescription,
  times: StreamTimes,
): Promise<StreamTimes> {
  const padding = container === 'mp3' && sound && times.sound ? await readEncoderPadding(file) : undefined;
  if (!padding || !sound || !times.sound) return times;
  const { from, to } = times.sound;
  return { ...times, sound: { from, to: Math.max(from, to - (padding.before + padding.after) / sound.sampleRateHz) } };
}

function probedOf(description: FileDescription, { frames, sound: span }: StreamTimes): Probed {
  const { container, picture, sound } = description;
  const timing = frames && timingOf(frames);
  const isStill = container.endsWith('_pipe') || (container === 'gif' && timing?.frameCount === 1);
  const startSeconds = frames ? ((frames.ticks[0] ?? 0) * frames.timeBase.num) / frames.timeBase.den : span?.from;
  const toSamples = (seconds: number) => Math.round((seconds - (startSeconds ?? 0)) * (sound?.sampleRateHz ?? 0));
  const sampleCount = span ? toSamples(span.to) : 0;
  const heard = sound && span && sampleCount > 0 ? heardSound(sound, span, toSamples(span.from)) : undefined;
  const seen = picture && timing ? { ...picture, timing: isStill ? ('still' as const) : timing.timing } : undefined;
  return {
    media: { container, ...(seen ? { picture: seen } : {}), ...(heard ? { sound: heard } : {}) },
    ...(seen && timing ? { picture: takePicture(seen, timing) } : {}),
    ...(heard ? { sound: { sampleRateHz: heard.sampleRateHz, sampleCount: samples(sampleCount) } } : {}),
  };
}

function heardSound(sound: CodedSound, { timing }: SoundSpan, startsAtSample: number): SoundStream {
  return { ...sound, startsAtSample, ...(timing ? { timing } : {}) };
}

function takePicture(picture: NonNullable<MediaFacts['picture']>, timing: ReturnType<typeof timingOf>): TakePicture {
  if (picture.timing === 'still') return { kind: 'still', ...uprightSize(picture) };
  return { kind: 'moving', rate: timing.rate, frameCount: timing.frameCount, ...uprightSize(picture) };
}

async function probeStill(path: string, still: Still, run: ProbeRun): Promise<Probed> {
  const described = still.picture ?? (await describeWithFfmpeg(path, { ...run, format: still.format })).picture;
  if (!described) throw unreadable(path, 'there is no picture or sound in it');
  const picture = { ...described, timing: 'still' } as const;
  return { media: { container: still.format, picture }, picture: { kind: 'still', ...uprightSize(picture) } };
}
