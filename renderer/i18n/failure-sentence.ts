import type { Failure } from '../../engine/contract/failure.ts';
import type { Notice } from '../../engine/contract/project.ts';
import type { Refusal } from '../../engine/document/edit-result.ts';
import { assertNever, type Film } from '../../engine/document/film.ts';
import type { TrackId } from '../../engine/document/ids.ts';
import { formatBytes } from './format.ts';
import { type Sentence, sentence } from './sentence.ts';

/** What happened, what is safe and what to do, in one sentence. */
export function failureSentence(failure: Failure): Sentence {
  switch (failure.code) {
    case 'out-of-memory':
      return sentence('failure.out-of-memory', {
        needed: formatBytes(failure.neededBytes),
        free: formatBytes(failure.freeBytes),
      });
    case 'pack-missing':
      return sentence('failure.pack-missing', { pack: failure.packId });
    case 'pack-damaged':
      return sentence('failure.pack-damaged', { pack: failure.packId, file: failure.file });
    case 'media-unreadable':
    case 'media-missing':
      return sentence(`failure.${failure.code}`, { name: nameOf(failure.path) });
    case 'media-unsupported':
      return sentence('failure.media-unsupported', { name: nameOf(failure.path), codec: failure.codec });
    case 'not-writable':
    case 'folder-not-empty':
    case 'not-a-project':
    case 'project-damaged':
      return sentence(`failure.${failure.code}`, { path: failure.path });
    case 'project-locked':
      return sentence('failure.project-locked', { host: failure.host });
    case 'unfinished-takes':
      return sentence('failure.unfinished-takes', { count: failure.count });
    case 'internal':
      return sentence('failure.internal', { reportId: failure.reportId });
    case 'runner-stopped':
    case 'prompt-unknown':
    case 'disk-full':
    case 'project-newer':
    case 'not-the-editor':
    case 'revision-behind':
    case 'nothing-to-export':
    case 'ffmpeg-missing':
    case 'ffmpeg-failed':
    case 'bad-request':
      return sentence(`failure.${failure.code}`);
    default:
      return assertNever(failure);
  }
}

/** Why a gesture did nothing; undefined where nothing needs to be said. */
export function refusalSentence(refusal: Refusal, film: Film): Sentence | undefined {
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
export function noticeSentence(notice: Notice): Sentence {
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

/** The last part of a path of either kind. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
