import { type CSSProperties, type PointerEvent, useState } from 'react';
import type { Filmstrip, LibraryEntry } from '../../../engine/contract/library.ts';
import { useWords } from '../../i18n/index.ts';
import { percentDone, shareDone, shortPhaseOf } from '../../jobs/job-words.ts';
import { MediaImage } from '../../media/media-image.tsx';
import { jobOfTake } from '../../state/library-store.ts';
import { useLibrary, useServices } from '../../state/services.tsx';
import { Icon } from '../../ui/icon.tsx';

/** A take's picture; the pointer's place across it shows the take at that moment. */
export function TakeThumb({ entry, length }: { readonly entry: LibraryEntry; readonly length: string | undefined }) {
  if (entry.kind === 'pending') return <GhostThumb entry={entry} />;
  if (entry.kind === 'failed') {
    return (
      <span className="thumb take-thumb is-failed">
        <Icon name="error" sizePx={20} />
      </span>
    );
  }
  const isOffline = entry.kind === 'offline';
  return (
    <span className={`thumb take-thumb ${isOffline ? 'is-offline' : ''}`}>
      <Picture entry={entry} />
      {length && <span className="thumb-tag is-bottom-left">{length}</span>}
      {isOffline && (
        <span className="thumb-tag is-top-left">
          <Icon name="warning" sizePx={12} />
        </span>
      )}
      {entry.facts.origin === 'generated' && <span className="thread" />}
    </span>
  );
}

function Picture({ entry: { view, facts } }: { readonly entry: Extract<LibraryEntry, { kind: 'ready' | 'offline' }> }) {
  const [share, setShare] = useState<number | undefined>(undefined);
  const { filmstrip, poster } = view;
  if (!facts.picture) return <Icon name="wave" sizePx={24} />;
  const onPointerMove = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setShare(Math.max(0, Math.min(0.999, (event.clientX - left) / width)));
  };
  return (
    <span className="take-scrub" onPointerMove={onPointerMove} onPointerLeave={() => setShare(undefined)}>
      {filmstrip && share !== undefined ? (
        <ScrubbedFrame filmstrip={filmstrip} share={share} />
      ) : (
        poster && <MediaImage media={poster} />
      )}
    </span>
  );
}

function ScrubbedFrame({ filmstrip, share }: { readonly filmstrip: Filmstrip; readonly share: number }) {
  const { host } = useServices();
  const { columns, tileCount, media } = filmstrip;
  const rows = Math.ceil(tileCount / columns);
  const tile = Math.floor(share * tileCount);
  const style: CSSProperties = {
    backgroundImage: `url("${host.mediaUrl(media)}")`,
    backgroundSize: `${columns * 100}% ${rows * 100}%`,
    backgroundPosition: `${percentOf(tile % columns, columns)} ${percentOf(Math.floor(tile / columns), rows)}`,
  };
  return (
    <>
      <span className="take-frame" style={style} />
      <span className="take-needle" style={{ left: `${share * 100}%` }} />
    </>
  );
}

/** Where a background of `count` equal parts shows part `index`. */
function percentOf(index: number, count: number): string {
  return count <= 1 ? '0%' : `${(index / (count - 1)) * 100}%`;
}

/** A shot on its way: the same phase and percent as its ghost on the timeline. */
function GhostThumb({ entry }: { readonly entry: Extract<LibraryEntry, { kind: 'pending' }> }) {
  const words = useWords();
  const state = useLibrary((library) => jobOfTake(library, entry.facts.id)?.state) ?? { kind: 'queued', position: 0 };
  return (
    <span className="thumb take-thumb is-ghost">
      <Icon name={state.kind === 'queued' ? 'clock' : 'generate'} />
      <span className="tabular take-phase ellipsis">{words(shortPhaseOf(state))}</span>
      {state.kind === 'running' && (
        <span className="tabular">{words('job.percent', { percent: percentDone(state) })}</span>
      )}
      <span className="take-progress" style={{ transform: `scaleX(${shareDone(state)})` }} />
    </span>
  );
}
