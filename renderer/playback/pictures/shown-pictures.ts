import { assertNever, type TakePicture } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { addFrames, type Frames, frames } from '../../../engine/document/time.ts';
import type { CodedPicture } from '../../../engine/render/coded-picture.ts';
import { type ChromaSiting, chromaSiting, type SampleColour } from '../../../engine/render/colour.ts';
import { layerFrame, type RenderPlan, type Span, spanAt } from '../../../engine/render/plan.ts';
import { codedPlacementOf, type SeenLayer, seenLayers } from '../../../engine/render/seen-layers.ts';
import type { DrawnFrame, Picture } from '../compositor/drawn-frame.ts';
import type { PlayableTake, PlayableTakes } from '../player.ts';
import { type PictureKey, pictureKeyText } from './protocol.ts';

/** The pictures a sequence frame is made of, from the bottom up. None outside the sequence or in a gap. */
export function picturesAt(plan: RenderPlan, takes: PlayableTakes, at: Frames): readonly PictureKey[] {
  const span = spanAt(plan, at);
  return span ? layersOf(plan, takes, span).map(({ layer }) => keyOf(plan, span, layer, at)) : [];
}

/**
 * The pictures that frames `at`, `at + stride`, … need and the frame at `at` does not, soonest first, for `count`
 * frames; a negative stride looks backward.
 */
export function picturesAhead(
  plan: RenderPlan,
  takes: PlayableTakes,
  at: Frames,
  { stride, count }: { readonly stride: number; readonly count: number },
): readonly PictureKey[] {
  const seen = new Set(picturesAt(plan, takes, at).map(pictureKeyText));
  const ahead: PictureKey[] = [];
  for (let step = 1; step <= count; step++) {
    for (const key of picturesAt(plan, takes, addFrames(at, frames(step * stride)))) {
      const text = pictureKeyText(key);
      if (seen.has(text)) continue;
      seen.add(text);
      ahead.push(key);
    }
  }
  return ahead;
}

/** A frame ready to be drawn, or undefined while one of its pictures is not at hand. */
export function composeFrame(
  plan: RenderPlan,
  takes: PlayableTakes,
  at: Frames,
  pictureOf: (key: PictureKey) => Picture | undefined,
): DrawnFrame | undefined {
  const span = spanAt(plan, at);
  const size = { widthPx: plan.widthPx, heightPx: plan.heightPx };
  if (!span) return { ...size, layers: [] };
  const layers = layersOf(plan, takes, span).map((seen) => {
    const picture = pictureOf(keyOf(plan, span, seen.layer, at));
    const shape = shapeOf(takes.get(seen.layer.takeId), plan.takes[seen.layer.takeId]?.picture);
    if (!picture || !shape) return undefined;
    return { picture, placed: codedPlacementOf(plan, seen, shape), alpha: seen.alpha, ...shape };
  });
  const whole = layers.filter((layer) => layer !== undefined);
  return whole.length === layers.length ? { ...size, layers: whole } : undefined;
}

/** Takes whose pictures are shown at a frame. */
export function takesAt(plan: RenderPlan, at: Frames): readonly TakeId[] {
  return spanAt(plan, at)?.layers.map((layer) => layer.takeId) ?? [];
}

interface Shape extends CodedPicture {
  readonly colour: SampleColour;
  readonly siting: ChromaSiting;
}

// A still was drawn upright, of square pixels and in RGB; a proxy is so at another size, in the colours every derived
// film has.
function shapeOf(take: PlayableTake | undefined, upright: TakePicture | undefined): Shape | undefined {
  if (!take?.picture || !upright) return undefined;
  const { source, stream } = take.picture;
  switch (source.kind) {
    case 'original':
      return { ...stream, colour: stream.colour, siting: chromaSiting(stream.codec) };
    case 'still':
      return {
        ...{ codedWidthPx: upright.widthPx, codedHeightPx: upright.heightPx, rotationDegrees: 0, isMirrored: false },
        ...{ colour: { matrix: 'rgb', range: 'full' }, siting: 'centre' },
      };
    case 'proxy':
      return {
        ...{ codedWidthPx: source.widthPx, codedHeightPx: source.heightPx, rotationDegrees: 0, isMirrored: false },
        ...{ colour: { matrix: 'bt709', range: 'limited' }, siting: 'left' },
      };
    default:
      return assertNever(source);
  }
}

function layersOf(plan: RenderPlan, takes: PlayableTakes, span: Span): readonly SeenLayer[] {
  return seenLayers(plan, span, ({ takeId }) => transparencyOf(takes.get(takeId)));
}

// As in the exporter: only a still may have holes in it.
function transparencyOf(take: PlayableTake | undefined): 'nothing' | 'opaque' | 'transparent' {
  if (!take?.picture) return 'nothing';
  return take.picture.source.kind === 'still' && take.picture.stream.hasAlpha ? 'transparent' : 'opaque';
}

function keyOf(plan: RenderPlan, span: Span, layer: SeenLayer['layer'], at: Frames): PictureKey {
  return { takeId: layer.takeId, frame: layerFrame(plan, span, layer, at) };
}
