import type { TakeFacts } from '../../engine/document/film.ts';
import type { TakeId, TrackId } from '../../engine/document/ids.ts';
import type { PlaceTakes } from '../../engine/document/place-takes.ts';
import { type Frames, sameRate } from '../../engine/document/time.ts';
import { sequenceEnd, trackEnd } from '../../engine/document/track.ts';
import { sentence } from '../i18n/sentence.ts';
import { newGesture, perform } from '../state/edits.ts';
import { mainSequence, type Project } from '../state/project.ts';
import type { Services } from '../state/services.tsx';
import { piecesFor } from './timeline/draft-place.ts';

/** The ways to put takes in by key or menu. */
export type PlacingWay = 'append' | 'insert' | 'overwrite';

/** Puts takes on V1 and A1 (sound alone on A1): at the playhead, or behind what is there. */
export function placeByKey(project: Project, services: Services, takeIds: readonly TakeId[], way: PlacingWay): void {
  const { film, session, library } = project;
  const sequence = mainSequence(film.film());
  const takes = takeIds.flatMap((id) => library.getState().entries.get(id)?.facts ?? []);
  const hasPicture = takes.some((take) => take.picture);
  const track = sequence.tracks.find((each) => each.kind === (hasPicture ? 'video' : 'audio'));
  if (!track || takes.length === 0) return;
  const pieces = piecesFor(sequence, takes, track.id, true);
  const ends = pieces.flatMap((piece) => [piece.videoTrackId, piece.audioTrackId]).map((id) => endOf(id, sequence));
  const at = way === 'append' ? (Math.max(0, ...ends) as Frames) : session.getState().playhead; // the largest of frames
  commitPlacing(project, services, {
    kind: 'place',
    gesture: newGesture(),
    sequenceId: sequence.id,
    at,
    mode: way === 'insert' ? 'insert' : 'overwrite',
    pieces,
  });
}

/**
 * Commits a placing; the first video to come into an empty timeline offers its rate and size before that.
 * Source: DECISIONS 10.
 */
export function commitPlacing(project: Project, services: Services, placing: PlaceTakes): void {
  const sequence = mainSequence(project.film.film());
  const first = placing.pieces.find((piece) => piece.videoTrackId)?.take;
  if (first && sequenceEnd(sequence) === 0 && offersFormat(first, sequence)) {
    services.window.setState({ dialog: { kind: 'format-offer', take: first, placing } });
    return;
  }
  perform(project, services.notices, placing);
}

/** Answers the offer: takes over the format first, and lays the takes anew at its rate. */
export function answerFormatOffer(
  project: Project,
  services: Services,
  { take, placing }: { readonly take: TakeFacts; readonly placing: PlaceTakes },
  answer: 'adopt' | 'keep',
): void {
  services.window.setState({ dialog: { kind: 'none' } });
  const { picture } = take;
  if (answer === 'keep' || picture?.kind !== 'moving') {
    perform(project, services.notices, placing);
    return;
  }
  const { rate, widthPx, heightPx } = picture;
  const { sequenceId } = placing;
  const adopted = perform(project, services.notices, {
    kind: 'adopt-format',
    gesture: newGesture(),
    sequenceId,
    rate,
    widthPx: widthPx + (widthPx % 2), // the exporter writes 4:2:0, which has no odd sizes
    heightPx: heightPx + (heightPx % 2),
  });
  if (!adopted) return;
  const trackId = placing.pieces[0]?.videoTrackId;
  const takes = placing.pieces.map((piece) => piece.take);
  const pieces = trackId ? piecesFor(mainSequence(adopted), takes, trackId, true) : placing.pieces;
  perform(project, services.notices, { ...placing, gesture: newGesture(), pieces });
}

function offersFormat(take: TakeFacts, sequence: ReturnType<typeof mainSequence>): boolean {
  const { picture, origin } = take;
  if (origin !== 'imported' || picture?.kind !== 'moving') return false;
  const isSameSize = picture.widthPx === sequence.widthPx && picture.heightPx === sequence.heightPx;
  return !isSameSize || !sameRate(picture.rate, sequence.rate);
}

function endOf(id: TrackId | undefined, sequence: ReturnType<typeof mainSequence>): number {
  const track = sequence.tracks.find((each) => each.id === id);
  return track ? trackEnd(track) : 0;
}

/** Throws takes out of the bin; one in use is refused in words. */
export function removeFromBin(project: Project, services: Services, takeIds: readonly TakeId[]): void {
  const removed = perform(project, services.notices, { kind: 'remove-takes', gesture: newGesture(), takeIds });
  if (!removed) return;
  project.session.setState({ selectedTakes: [] });
  const undo = () => void project.film.undo();
  services.notices.tell({
    severity: 'note',
    sentence: sentence('bin.removed', { count: takeIds.length }),
    action: { label: sentence('title.undo'), run: undo },
  });
}
