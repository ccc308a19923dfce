import { afterEach, expect, test, vi } from 'vitest';
import { sentence } from '../i18n/sentence.ts';
import { copyText } from './copy-text.ts';
import { createNotices } from './notices.ts';

const copied = sentence('bin.recipeCopied');
afterEach(() => vi.unstubAllGlobals());

test('what was copied is said to be, and what the browser refused is not', async () => {
  const writeText = vi.fn(async (_text: string) => {});
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  const notices = createNotices();
  const told = () => notices.store.getState().map((notice) => notice.sentence);
  expect(await copyText('a boat', copied, notices)).toBe(true);
  expect(writeText).toHaveBeenCalledExactlyOnceWith('a boat');
  expect(told()).toEqual([copied]);
  writeText.mockRejectedValue(new DOMException('refused', 'NotAllowedError'));
  expect(await copyText('a boat', copied, notices)).toBe(false);
  expect(told().at(-1)).toEqual(sentence('notice.copyRefused'));
});
