import type { Film, Framing, PictureClip, Sequence, SoundClip, TakeFacts } from '../document/film.ts';
import type { SequenceId, TakeId } from '../document/ids.ts';
import {
  addFrames,
  type FrameRange,
  type Frames,
  frames,
  noFrames,
  type Rate,
  subtractFrames,
  takeFrameAt,
} from '../document/time.ts';
import { clipAt, sequenceEnd, sequenceOf } from '../document/track.ts';

/**
 * What every frame of a sequence shows and sounds like, in plain data. The viewer draws it live and the exporter
 * turns it into an ffmpeg graph; nothing else of the document reaches either, so they cannot see different films.
 */
export interface RenderPlan {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rate: Rate;
  readonly sampleRateHz: number;
  readonly length: Frames;
  /** Without gaps from 0 to `length`; a span without layers is black. */
  readonly spans: readonly Span[];
  readonly sounds: readonly SoundPiece[];
  readonly takes: Readonly<Record<TakeId, TakeFacts>>;
}

/** Frames that show the same layers, each running on through its take. */
export interface Span extends FrameRange {
  /** From the bottom up. */
  readonly layers: readonly Layer[];
}

export interface Layer {
  readonly takeId: TakeId;
  /** What the span's first frame shows, in sequence frames from the take's first frame. */
  readonly sourceIn: Frames;
  readonly framing: Framing;
}

/** A stretch of a take's sound. */
export interface SoundPiece extends FrameRange {
  readonly takeId: TakeId;
  readonly sourceIn: Frames;
  readonly gainDb: number;
}

/** Compiles a sequence. Hidden tracks show nothing; with a solo track, only solo tracks sound. */
export function compilePlan(film: Film, sequenceId: SequenceId): RenderPlan {
  const sequence = sequenceOf(film, sequenceId);
  const length = sequenceEnd(sequence);
  const tracks = visibleTracks(sequence);
  return {
    widthPx: sequence.widthPx,
    heightPx: sequence.heightPx,
    rate: sequence.rate,
    sampleRateHz: sequence.sampleRateHz,
    length,
    spans: spansBetween(cutsOf(tracks, length), tracks),
    sounds: audibleClips(sequence).map(soundPiece),
    takes: film.takes,
  };
}

/** The span under a frame; undefined outside the sequence. */
export function spanAt(plan: RenderPlan, at: Frames): Span | undefined {
  let low = 0;
  let high = plan.spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const span = plan.spans[middle];
    if (span && span.out > at) high = middle;
    else low = middle + 1;
  }
  const span = plan.spans[low];
  return span && span.in <= at ? span : undefined;
}

/**
 * The take frame a layer shows at a sequence frame inside its span. Past the take's last frame it holds that one;
 * a still has one frame, 0.
 */
export function layerFrame(plan: RenderPlan, span: Span, layer: Layer, at: Frames): Frames {
  const picture = plan.takes[layer.takeId]?.picture;
  if (picture?.kind !== 'moving') return noFrames;
  const offset = addFrames(layer.sourceIn, subtractFrames(at, span.in));
  const shown = takeFrameAt(offset, picture.rate, plan.rate);
  return frames(Math.min(shown, picture.frameCount - 1));
}

type VisibleTrack = readonly PictureClip[];

function visibleTracks(sequence: Sequence): readonly VisibleTrack[] {
  return sequence.tracks.flatMap((track) => (track.kind === 'video' && !track.isHidden ? [track.clips] : []));
}

function cutsOf(tracks: readonly VisibleTrack[], length: Frames): readonly Frames[] {
  const cuts = new Set<Frames>([noFrames, length]);
  for (const clip of tracks.flat()) {
    cuts.add(clip.recordIn);
    cuts.add(clip.recordOut);
  }
  return [...cuts].sort((a, b) => a - b);
}

function spansBetween(cuts: readonly Frames[], tracks: readonly VisibleTrack[]): readonly Span[] {
  return cuts.slice(0, -1).map((from, index) => ({
    in: from,
    out: cuts[index + 1] ?? from,
    layers: tracks.flatMap((clips) => layerAt(clips, from)),
  }));
}

function layerAt(clips: VisibleTrack, at: Frames): Layer[] {
  const clip = clipAt(clips, at);
  if (!clip || clip.framing.opacity === 0) return [];
  const { takeId, framing } = clip;
  return [{ takeId, sourceIn: addFrames(clip.sourceIn, subtractFrames(at, clip.recordIn)), framing }];
}

function audibleClips(sequence: Sequence): readonly SoundClip[] {
  const audio = sequence.tracks.filter((track) => track.kind === 'audio');
  const solo = audio.some((track) => track.isSolo);
  return audio.filter((track) => !track.isMuted && (!solo || track.isSolo)).flatMap((track) => track.clips);
}

function soundPiece(clip: SoundClip): SoundPiece {
  const { takeId, sourceIn, gainDb, recordIn, recordOut } = clip;
  return { in: recordIn, out: recordOut, takeId, sourceIn, gainDb };
}
