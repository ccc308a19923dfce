import type { FolderListing } from '../../engine/contract/system.ts';
import type { MessageKey } from '../i18n/messages.ts';

/** Where systems keep the folders of people. */
const homes = /^(\/root|\/(home|Users)\/[^/]+|[A-Z]:[\\/]Users[\\/][^\\/]+)$/i;

/**
 * What a place is to its owner, where that can be told; else its own name serves. The engine names places after their
 * folders, and a home is called root or mira; the folder for new projects it calls by the program's name.
 */
export function placeName({ name, path }: FolderListing['roots'][number]): MessageKey | undefined {
  if (homes.test(path)) return 'files.home';
  return name === 'Shotloom' ? 'files.projects' : undefined;
}
