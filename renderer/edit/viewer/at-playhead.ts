import type { Failure } from '../../../engine/contract/failure.ts';
import type { JobState } from '../../../engine/contract/job.ts';
import type { Film } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import type { Frames } from '../../../engine/document/time.ts';
import { clipAt } from '../../../engine/document/track.ts';
import type { Library } from '../../state/library-store.ts';
import { mainSequence } from '../../state/project.ts';
import { lookOf } from '../timeline/clip-look.ts';

/** Why the viewer shows no picture at a frame, where it does not. */
export type AtPlayhead =
  | { readonly kind: 'picture' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'ghost'; readonly takeId: TakeId; readonly name: string; readonly state: JobState }
  | { readonly kind: 'failed'; readonly takeId: TakeId; readonly name: string; readonly failure: Failure }
  | { readonly kind: 'offline'; readonly takeId: TakeId; readonly name: string };

/** What lies uppermost under the playhead on the tracks that are shown. */
export function atPlayhead(film: Film, library: Library, playhead: Frames): AtPlayhead {
  const tracks = mainSequence(film).tracks.filter((track) => track.kind === 'video');
  for (const track of tracks.toReversed()) {
    const clip = track.isHidden ? undefined : clipAt(track.clips, playhead);
    if (!clip || clip.framing.opacity === 0) continue;
    const look = lookOf(library, clip.takeId);
    const name = film.takes[clip.takeId]?.name ?? '';
    if (look.kind === 'ghost') return { kind: 'ghost', takeId: clip.takeId, name, state: look.state };
    if (look.kind === 'failed') return { kind: 'failed', takeId: clip.takeId, name, failure: look.failure };
    if (look.kind === 'offline') return { kind: 'offline', takeId: clip.takeId, name };
    return { kind: 'picture' };
  }
  return { kind: 'nothing' };
}
