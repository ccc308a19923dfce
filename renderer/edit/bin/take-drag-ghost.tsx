import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { MediaImage } from '../../media/media-image.tsx';
import { useLibrary } from '../../state/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { takeDrag } from '../take-drag.ts';

/** What follows the pointer while takes are carried from the bin. */
export function TakeDragGhost() {
  const drag = useStore(takeDrag);
  const first = drag?.takes[0];
  const poster = useLibrary((library) => {
    const entry = first && library.entries.get(first.id);
    return entry?.kind === 'ready' ? entry.view.poster : undefined;
  });
  if (!drag || !first || drag.isShownByTarget) return null;
  return createPortal(
    <div className="take-ghost" style={{ transform: `translate(${drag.clientX + 14}px, ${drag.clientY + 6}px)` }}>
      <span className="thumb take-ghost-thumb">
        {poster ? <MediaImage media={poster} /> : <Icon name={first.picture ? 'film' : 'wave'} />}
      </span>
      {drag.takes.length > 1 && <span className="thumb-tag tabular">{drag.takes.length}</span>}
    </div>,
    document.body,
  );
}
