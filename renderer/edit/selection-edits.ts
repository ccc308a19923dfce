import type { Clip } from '../../engine/document/film.ts';
import type { ClipId } from '../../engine/document/ids.ts';
import { type Frames, frames } from '../../engine/document/time.ts';
import { allClips, findClip, withLinked } from '../../engine/document/track.ts';
import { newGesture, perform } from '../state/edits.ts';
import { mainSequence, type Project } from '../state/project.ts';
import type { Services } from '../state/services.tsx';
import { selectClips } from '../state/session-store.ts';

// The keyboard's way to every edit that a drag can make, on whatever is selected.

type Told = Pick<Services, 'notices'>;

/** The selected clips that are still on the timeline. */
function selectedClipIds(project: Project): readonly ClipId[] {
  const sequence = mainSequence(project.film.film());
  const there = new Set(allClips(sequence).map(({ clip }) => clip.id));
  return project.session.getState().selectedClips.filter((id) => there.has(id));
}

/** Cuts at the playhead: the selected clips, or every clip under it when none is selected. */
export function splitAtPlayhead(project: Project, { notices }: Told, which: 'selected' | 'all'): void {
  const { playhead, isLinking } = project.session.getState();
  const selected = selectedClipIds(project);
  const clipIds = which === 'selected' && selected.length > 0 ? selected : clipsAcross(project, playhead);
  splitClips(project, { notices }, clipIds, playhead, isLinking);
}

export function splitClips(
  project: Project,
  { notices }: Told,
  clipIds: readonly ClipId[],
  at: Frames,
  withLinks: boolean,
): void {
  const sequenceId = mainSequence(project.film.film()).id;
  perform(project, notices, { kind: 'split', gesture: newGesture(), sequenceId, at, clipIds, withLinks });
}

export function removeSelected(project: Project, { notices }: Told, mode: 'lift' | 'ripple'): void {
  const clipIds = selectedClipIds(project);
  if (clipIds.length === 0) return;
  const withLinks = project.session.getState().isLinking;
  const sequenceId = mainSequence(project.film.film()).id;
  const removed = perform(project, notices, {
    kind: 'remove',
    gesture: newGesture(),
    sequenceId,
    clipIds,
    mode,
    withLinks,
  });
  if (removed) selectClips(project.session, []);
}

export function moveSelected(
  project: Project,
  { notices }: Told,
  by: { readonly frames?: number; readonly tracks?: number },
): void {
  const clipIds = selectedClipIds(project);
  if (clipIds.length === 0) return;
  const withLinks = project.session.getState().isLinking;
  const sequence = mainSequence(project.film.film());
  // Up is a higher video track, or a lower-numbered audio track; a linked pair of both moves its picture.
  const kinds = new Set(clipIds.map((id) => findClip(sequence, id)?.track.kind));
  const movesVideo = kinds.has('video');
  const up = by.tracks ?? 0;
  perform(project, notices, {
    kind: 'move',
    gesture: newGesture(),
    sequenceId: sequence.id,
    clipIds,
    byFrames: frames(by.frames ?? 0),
    byVideoTracks: movesVideo ? up : 0,
    byAudioTracks: movesVideo || up === 0 ? 0 : -up,
    mode: 'overwrite',
    withLinks,
  });
}

/** Chooses the edge the trim keys move: of the first selected picture, else of the first selected clip. */
export function chooseEdge(project: Project, edge: 'in' | 'out'): void {
  const sequence = mainSequence(project.film.film());
  const clips = selectedClipIds(project).flatMap((id) => findClip(sequence, id)?.clip ?? []);
  const chosen = clips.find((clip) => clip.kind === 'picture') ?? clips[0];
  if (chosen) project.session.setState({ selectedEdge: { clipId: chosen.id, edge } });
}

export function trimChosenEdge(project: Project, { notices }: Told, byFrames: number): void {
  const { selectedEdge, isLinking } = project.session.getState();
  if (!selectedEdge) return;
  perform(project, notices, {
    kind: 'trim',
    gesture: newGesture(),
    sequenceId: mainSequence(project.film.film()).id,
    clipIds: [selectedEdge.clipId],
    edge: selectedEdge.edge,
    byFrames: frames(byFrames),
    withLinks: isLinking,
  });
}

/** A clip with what is linked to it, as a click selects it. */
export function withPartners(project: Project, clip: Clip, isLinking: boolean): readonly ClipId[] {
  if (!isLinking) return [clip.id];
  return withLinked(mainSequence(project.film.film()), [clip.id]).map((located) => located.clip.id);
}

function clipsAcross(project: Project, at: Frames): readonly ClipId[] {
  const sequence = mainSequence(project.film.film());
  return allClips(sequence).flatMap(({ track, clip }) =>
    !track.isLocked && clip.recordIn < at && at < clip.recordOut ? [clip.id] : [],
  );
}
