import { z } from 'zod';
import { adjustmentLimits } from '../document/adjust-clips.ts';
import type { Clip, Film, Framing, Sequence, TakeFacts, Track } from '../document/film.ts';
import type { ClipId, GestureId } from '../document/ids.ts';
import type { Intent } from '../document/intent.ts';
import type { Patch } from '../document/patch.ts';
import type { Frames, Rate, Samples } from '../document/time.ts';
import { idSchema, takeIdSchema } from './ids.ts';

// The film as it lies in a file or crosses a process. Each schema is held to its type in engine/document, so the two
// cannot drift apart.

const whole = z.number().int().safe();
export const framesSchema = whole as unknown as z.ZodType<Frames, number>; // brands exist in types only
export const samplesSchema = whole.nonnegative() as unknown as z.ZodType<Samples, number>;
const sizePx = z.number().int().positive().max(32768);
const name = z.string().max(400);

export const rateSchema = z
  .object({ num: z.number().int().positive().max(1_000_000), den: z.number().int().positive().max(1_000_000) })
  .readonly() satisfies z.ZodType<Rate>;

const crop = z.object({
  leftPx: whole.nonnegative(),
  topPx: whole.nonnegative(),
  rightPx: whole.nonnegative(),
  bottomPx: whole.nonnegative(),
});

function within({ low, high }: { readonly low: number; readonly high: number }) {
  return z.number().min(low).max(high);
}

const framing = {
  xPx: within(adjustmentLimits.placePx),
  yPx: within(adjustmentLimits.placePx),
  scale: within(adjustmentLimits.scale),
  crop,
  opacity: within(adjustmentLimits.opacity),
};
const framingSchema = z.object(framing) satisfies z.ZodType<Framing>;
const framingChangeSchema = z.object({
  xPx: framing.xPx.exactOptional(),
  yPx: framing.yPx.exactOptional(),
  scale: framing.scale.exactOptional(),
  crop: crop.exactOptional(),
  opacity: framing.opacity.exactOptional(),
}) satisfies z.ZodType<Partial<Framing>>;

const clipId = idSchema<'clip'>();
const anyClip = {
  id: clipId,
  takeId: takeIdSchema,
  shotId: idSchema<'shot'>().exactOptional(),
  joins: z.object({ left: clipId.exactOptional(), right: clipId.exactOptional() }).exactOptional(),
  linkId: idSchema<'link'>().exactOptional(),
  recordIn: framesSchema,
  recordOut: framesSchema,
  sourceIn: framesSchema,
};
const pictureClip = z.object({ kind: z.literal('picture'), ...anyClip, framing: framingSchema });
const soundClip = z.object({ kind: z.literal('sound'), ...anyClip, gainDb: within(adjustmentLimits.gainDb) });
export const clipSchema = z.discriminatedUnion('kind', [pictureClip, soundClip]) satisfies z.ZodType<Clip>;

const trackId = idSchema<'track'>();
export const trackSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('video'),
    id: trackId,
    name,
    isLocked: z.boolean(),
    isHidden: z.boolean(),
    clips: z.array(pictureClip),
  }),
  z.object({
    kind: z.literal('audio'),
    id: trackId,
    name,
    isLocked: z.boolean(),
    isMuted: z.boolean(),
    isSolo: z.boolean(),
    clips: z.array(soundClip),
  }),
]) satisfies z.ZodType<Track>;

const sequenceId = idSchema<'sequence'>();
export const sequenceSchema = z.object({
  id: sequenceId,
  name,
  rate: rateSchema,
  widthPx: sizePx,
  heightPx: sizePx,
  sampleRateHz: z.number().int().positive(),
  tracks: z.array(trackSchema),
}) satisfies z.ZodType<Sequence>;

export const takeFactsSchema: z.ZodType<TakeFacts> = z.object({
  id: takeIdSchema,
  name,
  origin: z.enum(['imported', 'generated']),
  picture: z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('moving'),
        rate: rateSchema,
        frameCount: whole.positive(),
        widthPx: sizePx,
        heightPx: sizePx,
      }),
      z.object({ kind: z.literal('still'), widthPx: sizePx, heightPx: sizePx }),
    ])
    .exactOptional(),
  sound: z.object({ sampleRateHz: z.number().int().positive(), sampleCount: samplesSchema }).exactOptional(),
});

export const filmSchema: z.ZodType<Film> = z.object({
  version: z.literal(1),
  id: idSchema<'film'>(),
  name,
  sequences: z.array(sequenceSchema).min(1),
  takes: z.record(takeIdSchema, takeFactsSchema),
  removedTakes: z.array(takeIdSchema),
});

// Shorter than other ids: the ids of what it makes are the gesture's with a count behind it.
const gesture = idSchema<'gesture'>().refine((id) => id.length <= 56) satisfies z.ZodType<GestureId>;
const onSequence = { gesture, sequenceId };
const clipIds = z.array(clipId satisfies z.ZodType<ClipId>);

export const intentSchema: z.ZodType<Intent> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('place'),
    ...onSequence,
    at: framesSchema,
    mode: z.enum(['overwrite', 'insert']),
    insteadOf: clipIds.exactOptional(),
    pieces: z.array(
      z.object({
        take: takeFactsSchema,
        sourceIn: framesSchema,
        length: framesSchema,
        videoTrackId: trackId.exactOptional(),
        audioTrackId: trackId.exactOptional(),
      }),
    ),
  }),
  z.object({
    kind: z.literal('move'),
    ...onSequence,
    clipIds,
    byFrames: framesSchema,
    byVideoTracks: whole,
    byAudioTracks: whole,
    mode: z.enum(['overwrite', 'insert']),
    withLinks: z.boolean(),
  }),
  z.object({
    kind: z.literal('trim'),
    ...onSequence,
    clipIds,
    edge: z.enum(['in', 'out']),
    byFrames: framesSchema,
    withLinks: z.boolean(),
  }),
  z.object({ kind: z.literal('split'), ...onSequence, at: framesSchema, clipIds, withLinks: z.boolean() }),
  z.object({
    kind: z.literal('remove'),
    ...onSequence,
    clipIds,
    mode: z.enum(['lift', 'ripple']),
    withLinks: z.boolean(),
  }),
  z.object({ kind: z.literal('set-framing'), ...onSequence, clipIds, framing: framingChangeSchema }),
  z.object({ kind: z.literal('set-gain'), ...onSequence, clipIds, gainDb: z.number() }),
  z.object({
    kind: z.literal('switch-track'),
    ...onSequence,
    trackId,
    toggle: z.enum(['lock', 'hide', 'mute', 'solo']),
    isOn: z.boolean(),
  }),
  z.object({ kind: z.literal('rename-film'), gesture, name }),
  z.object({ kind: z.literal('adopt-format'), ...onSequence, rate: rateSchema, widthPx: sizePx, heightPx: sizePx }),
  z.object({ kind: z.literal('remove-takes'), gesture, takeIds: z.array(takeIdSchema) }),
  z.object({ kind: z.literal('restore-takes'), gesture, takeIds: z.array(takeIdSchema) }),
]);
const path = z.array(z.union([z.string(), whole]));
export const patchSchema: z.ZodType<Patch> = z.array(
  z.discriminatedUnion('op', [
    z.object({ op: z.literal('set'), path, value: z.unknown() }),
    z.object({ op: z.literal('unset'), path }),
    z.object({
      op: z.literal('splice'),
      path,
      at: whole.nonnegative(),
      remove: whole.nonnegative(),
      insert: z.array(z.unknown()),
    }),
  ]),
);
