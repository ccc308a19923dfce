import type { FrameTable } from '../contract/frame-table-file.ts';
import type { PictureStream, Recipe } from '../contract/take.ts';

/** The files behind a take, as the exporter needs them. Paths are absolute. */
export type ExportTake =
  | {
      readonly kind: 'ready';
      readonly picture?: PictureFile;
      readonly sound?: SoundFile;
      /** Of a generated take; told in the provenance of every film that shows it. */
      readonly recipe?: Recipe;
    }
  /** Not generated yet, or its generation failed. */
  | { readonly kind: 'unfinished' }
  /** Its file is not where it was. */
  | { readonly kind: 'missing'; readonly path: string };

export interface PictureFile {
  /** The original, never a proxy. */
  readonly path: string;
  /** `MediaFacts.container`: names the demuxer of a still. */
  readonly container: string;
  readonly stream: PictureStream;
  /**
   * When the file shows each frame. Without one, a moving picture is taken to show frame n at n / rate after time 0
   * and to have only key frames, as the lossless files that we write do.
   */
  readonly frameTable?: FrameTable;
}

/** The take's conformed sound: 48 kHz stereo 16-bit WAV, sample 0 at the take's first frame of picture. */
export interface SoundFile {
  readonly path: string;
}
