import type { LibraryEntry } from '../../../engine/contract/library.ts';
import { useIsReader, useServices } from '../../state/services.tsx';
import { MenuItem } from '../../ui/menu-item.tsx';
import { openMissingMedia } from './use-missing-news.ts';

/** What a menu offers of footage whose file is not where it was. */
export function FindMenuItem({ entry }: { readonly entry: LibraryEntry }) {
  const { window } = useServices();
  const isReader = useIsReader();
  if (isReader || entry.kind !== 'offline' || entry.record.origin.kind !== 'imported') return null;
  return <MenuItem icon="search" label="missing.findFile" onChoose={() => openMissingMedia(window)} />;
}
