import type { HostApi } from '../host/host-api.ts';
import { sentence } from '../i18n/sentence.ts';
import { copyText } from '../state/copy-text.ts';
import type { Notice, Notices } from '../state/notices.ts';

/** The way to an exported file: the system's file manager where the host can, else its path for the clipboard. */
export function showExported(path: string, host: HostApi, notices: Notices): NonNullable<Notice['action']> {
  const { revealFile } = host;
  if (revealFile) return { label: sentence('export.reveal'), run: () => void revealFile(path) };
  return {
    label: sentence('export.copyPath'),
    run: () => void copyText(path, sentence('export.pathCopied', { path }), notices),
  };
}
