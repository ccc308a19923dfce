import type { Message } from '../i18n/sentence.ts';
import type { Notices } from './notices.ts';

/** Puts a text on the clipboard and says so, in the words of `copied`; or that it was refused. Answers whether it is there. */
export async function copyText(text: string, copied: Message, notices: Notices): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    notices.tell({ severity: 'attention', sentence: { key: 'notice.copyRefused' } });
    return false;
  }
  notices.tell({ severity: 'note', sentence: copied });
  return true;
}
