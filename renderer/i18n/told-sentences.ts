import type { Notice } from '../../engine/contract/project.ts';
import type { Refusal } from '../../engine/document/edit-result.ts';
import { assertNever, type Film } from '../../engine/document/film.ts';
import type { TrackId } from '../../engine/document/ids.ts';
import { type Message, sentence } from './sentence.ts';

/** Why a gesture did nothing; undefined where nothing needs to be said. */
export function refusalSentence(refusal: Refusal, film: Film): Message | undefined {
  switch (refusal.code) {
    case 'nothing-changes':
      return undefined;
    case 'track-locked':
    case 'would-collide':
      return sentence(`refusal.${refusal.code}`, { track: trackLabel(film, refusal.trackId) });
    default:
      return sentence(`refusal.${refusal.code}`);
  }
}

/** What the engine met while opening a project. */
export function noticeSentence(notice: Notice): Message {
  switch (notice.code) {
    case 'stale-lock-taken-over':
      return sentence('notice.staleLock');
    case 'journal-cut-short':
      return sentence('notice.journalCut', { count: notice.keptGestures, file: nameOf(notice.rejectedFile) });
    case 'takes-unreadable':
      return sentence('notice.takesUnreadable', { count: notice.folders.length });
    case 'shots-requeued':
      return sentence('notice.shotsRequeued', { count: notice.count });
    default:
      return assertNever(notice);
  }
}

/** V1, V2, A1 …: how a track is called wherever there is room for two letters. */
export function trackLabel(film: Film, id: TrackId): string {
  for (const { tracks } of film.sequences) {
    const track = tracks.find((each) => each.id === id);
    if (!track) continue;
    const sameKind = tracks.filter((each) => each.kind === track.kind);
    return `${track.kind === 'video' ? 'V' : 'A'}${sameKind.indexOf(track) + 1}`;
  }
  return '';
}

/** The folder that a file of either kind of path lies in. */
export function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}

/** The last part of a path of either kind. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
