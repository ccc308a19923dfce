import { expect, test } from 'vitest';
import type { Words } from '../i18n/index.ts';
import { sentence } from '../i18n/sentence.ts';
import { createNotices } from '../state/notices.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

function scene(isInFront: boolean) {
  const notices = createNotices();
  const news: string[] = [];
  const words = (() => (told: string | { key: string }) => (typeof told === 'string' ? told : told.key)) as () => Words;
  tellElsewhere({
    notices,
    words,
    isInFront: () => isInFront,
    notify: (title, body) => news.push(`${title}: ${body}`),
  });
  notices.tell({ severity: 'failure', sentence: sentence('notice.shotFailed') });
  notices.tell({ severity: 'note', sentence: sentence('job.exportDone'), isKept: true });
  notices.tell({ severity: 'note', sentence: sentence('bin.recipeCopied') });
  notices.speak(sentence('job.spokenHalf'));
  notices.speak(sentence('job.spokenDone'));
  return news;
}

test('while the editor looks elsewhere, failures, finished films and finished shots are news, each once', () => {
  expect(scene(false)).toEqual(['app.name: notice.shotFailed', 'app.name: job.exportDone', 'app.name: job.spokenDone']);
});

test('an editor who sees the window is told nothing twice', () => {
  expect(scene(true)).toEqual([]);
});
