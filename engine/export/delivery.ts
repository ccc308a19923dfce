import type { Rate } from '../document/time.ts';
import { soundRateHz } from '../render/sound.ts';
import type { PictureFormat } from './filter-graph.ts';

/** What a film is written as. The picture is the same up to the encoder. */
export type Delivery =
  | {
      readonly kind: 'h264';
      readonly crf: number;
      readonly preset: 'veryfast' | 'medium' | 'slow';
      readonly audioKbps: number;
    }
  /** Every composed pixel, lossless, in 8-bit RGB. */
  | { readonly kind: 'ffv1' };

export function pictureFormatOf(delivery: Delivery): PictureFormat {
  return delivery.kind === 'ffv1' ? 'gbrp' : 'yuv420p';
}

export interface EncoderJob {
  readonly delivery: Delivery;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rate: Rate;
  readonly threads: number;
  /** The film's finished sound, from `soundArguments`. */
  readonly soundPath: string;
  readonly outPath: string;
  /** Words for the container, each a fixed key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Arguments that encode raw frames from `pipe:0`, and lay the finished sound beside them. */
export function encoderArguments(job: EncoderJob): string[] {
  const { delivery, rate, threads, widthPx, heightPx } = job;
  return [
    ...['-f', 'rawvideo', '-pixel_format', pictureFormatOf(delivery), '-video_size', `${widthPx}x${heightPx}`],
    ...['-framerate', `${rate.num}/${rate.den}`, '-i', 'pipe:0'],
    ...['-protocol_whitelist', 'file,pipe', '-i', `file:${job.soundPath}`],
    ...['-map', '0:v:0', '-map', '1:a:0', '-c:a', 'copy', '-fps_mode', 'passthrough'],
    ...pictureArguments(delivery),
    ...['-threads', `${threads}`, '-map_metadata', '-1'],
    ...Object.entries(job.metadata).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
    ...containerArguments(delivery),
    `file:${job.outPath}`,
  ];
}

/** Arguments that encode the film's sound: 32-bit float stereo at 48 kHz from `pipe:0`. */
export function soundArguments(delivery: Delivery, outPath: string): string[] {
  const codec = delivery.kind === 'h264' ? ['aac', '-b:a', `${delivery.audioKbps}k`] : ['pcm_s16le'];
  return [
    ...['-f', 'f32le', '-ar', `${soundRateHz}`, '-ac', '2', '-i', 'pipe:0'],
    ...['-c:a', ...codec, '-f', delivery.kind === 'h264' ? 'mp4' : 'wav', `file:${outPath}`],
  ];
}

function pictureArguments(delivery: Delivery): string[] {
  switch (delivery.kind) {
    case 'h264':
      return [
        ...['-c:v', 'libx264', '-preset', delivery.preset, '-crf', `${delivery.crf}`, '-pix_fmt', 'yuv420p'],
        // In the stream; the container's own tag is written from the same.
        ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
        ...['-chroma_sample_location', 'left'],
      ];
    case 'ffv1':
      return ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-pix_fmt', 'gbrp'];
  }
}

function containerArguments(delivery: Delivery): string[] {
  // The index goes to the front, so that a film plays while it is still being fetched.
  return delivery.kind === 'h264' ? ['-movflags', '+faststart', '-f', 'mp4'] : ['-f', 'matroska'];
}
