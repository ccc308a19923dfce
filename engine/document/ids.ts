// Identifiers are branded strings: a clip's id cannot be handed where a take's is meant.
declare const brand: unique symbol;
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type FilmId = Id<'film'>;
export type SequenceId = Id<'sequence'>;
export type TrackId = Id<'track'>;
export type ClipId = Id<'clip'>;
export type TakeId = Id<'take'>;
export type ShotId = Id<'shot'>;
export type LinkId = Id<'link'>;
export type GestureId = Id<'gesture'>;

/**
 * New ids for the clips and links that one gesture makes: `<gesture>-1`, `<gesture>-2`, …
 * An edit that is replayed from the journal therefore makes the very same film.
 */
export function idsOfGesture(gesture: GestureId): <Name extends string>() => Id<Name> {
  let made = 0;
  return <Name extends string>() => `${gesture}-${++made}` as Id<Name>;
}
