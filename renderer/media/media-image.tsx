import type { MediaId } from '../../engine/contract/ids.ts';
import { useServices } from '../state/services.tsx';

/** A picture the engine made of a take, covering its frame. Decoration: its neighbour says what it shows. */
export function MediaImage({ media }: { readonly media: MediaId }) {
  const { host } = useServices();
  return <img className="media-image" src={host.mediaUrl(media)} alt="" draggable={false} decoding="async" />;
}
