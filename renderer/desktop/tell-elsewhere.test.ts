import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Words } from '../i18n/index.ts';
import { sentence } from '../i18n/sentence.ts';
import { createNotices } from '../state/notices.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

/** What the system was told, after each step; shots are under way while a step says so. */
async function news(isInFront: boolean, ...steps: ((to: Scene) => void)[]) {
  const notices = createNotices();
  const areShotsUnderWay = createStore(() => false);
  const told: string[] = [];
  const words = (() => (said: string | { key: string; values?: { count?: number } }) =>
    typeof said === 'string' ? said : [said.key, said.values?.count].filter(Boolean).join(' ')) as () => Words;
  tellElsewhere({
    ...{ notices, areShotsUnderWay, words },
    isInFront: () => isInFront,
    notify: (title, body) => told.push(`${title}: ${body}`),
  });
  const scene: Scene = {
    queue: (isUnderWay) => areShotsUnderWay.setState(isUnderWay, true),
    made: () => notices.speak(sentence('job.spokenDone')),
    madeLast: () => {
      areShotsUnderWay.setState(false, true); // the job is seen to end before it is spoken of
      scene.made();
    },
    failed: (take) => notices.tell({ severity: 'failure', sentence: sentence('notice.shotFailed', { title: take }) }),
    tell: notices.tell,
    speak: notices.speak,
  };
  for (const step of steps) {
    step(scene);
    await Promise.resolve();
  }
  return told;
}
interface Scene extends Pick<ReturnType<typeof createNotices>, 'tell' | 'speak'> {
  queue(isUnderWay: boolean): void;
  made(): void;
  madeLast(): void;
  failed(take: string): void;
}

test('while the editor looks elsewhere, failures and finished films are news at once', async () => {
  const told = await news(
    false,
    ({ queue }) => queue(true),
    ({ tell }) => tell({ severity: 'failure', sentence: sentence('notice.engineAway') }),
    ({ tell }) => tell({ severity: 'note', sentence: sentence('job.exportDone'), isKept: true }),
    ({ tell }) => tell({ severity: 'note', sentence: sentence('bin.recipeCopied') }),
    ({ speak }) => speak(sentence('job.spokenHalf')),
  );
  expect(told).toEqual(['app.name: notice.engineAway', 'app.name: job.exportDone']);
});

test('a shot alone is told by its name, when it is ready or has failed', async () => {
  const one = [({ queue }: Scene) => queue(true), ({ madeLast }: Scene) => madeLast()];
  expect(await news(false, ...one)).toEqual(['app.name: job.spokenDone']);
  expect(
    await news(
      false,
      ({ failed }) => failed('S1'),
      ({ queue }) => queue(false),
    ),
  ).toEqual(['app.name: notice.shotFailed']);
});

test('a batch of shots is told once, when the last has ended, with what failed of it', async () => {
  const told = await news(
    false,
    ({ queue }) => queue(true),
    ({ made }) => made(),
    ({ failed }) => failed('S2'),
    ({ made }) => made(),
    ({ failed }) => failed('S4'),
    ({ madeLast }) => madeLast(),
  );
  expect(told).toEqual(['app.name: job.batchDone 3\njob.batchFailed 2']);
});

test('a batch whose last shot is cancelled is told all the same', async () => {
  const told = await news(
    false,
    ({ queue }) => queue(true),
    ({ made }) => made(),
    ({ queue }) => queue(false),
  );
  expect(told).toEqual(['app.name: job.spokenDone']);
});

test('an editor who sees the window is told nothing twice', async () => {
  const all = [
    ({ failed }: Scene) => failed('S1'),
    ({ made }: Scene) => made(),
    ({ tell }: Scene) => tell({ severity: 'note', sentence: sentence('job.exportDone'), isKept: true }),
  ];
  expect(await news(true, ...all)).toEqual([]);
});
