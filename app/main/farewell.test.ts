import { beforeEach, expect, test } from 'vitest';
import type { Asked } from '../../engine/contract/desktop-bridge.ts';
import type { ClosingAnswer } from '../../engine/contract/desktop-requests.ts';
import { app, BrowserWindow, desktop, settled } from '../testing/electron.ts';
import type { StandInWindow } from '../testing/electron-window.ts';
import { createFarewell, type Farewell } from './farewell.ts';

// How windows and the program end, with Electron's own order of events: before-quit, then each window's close.

await desktop.becomeReady();

const ready: ClosingAnswer = { kind: 'ready' };
const jobsIn = (project: string): ClosingAnswer => ({
  kind: 'ask',
  message: 'Jobs are still running',
  detail: `${project}: 1 job`,
  leave: 'Quit',
  stay: 'Keep working',
});

let farewell: Farewell;
let told: Asked[];
let ended: string[];

interface Scene {
  readonly outlivesWindows?: boolean;
  readonly patienceMs?: number;
  /** What each window answers; undefined for one that hangs. */
  readonly answers: readonly (ClosingAnswer | undefined)[];
}

function open({ outlivesWindows = false, patienceMs = 60_000, answers }: Scene): readonly StandInWindow[] {
  const windows = answers.map(() => new BrowserWindow());
  farewell = createFarewell({
    windows: () => windows.filter((window) => !window.isDestroyed()) as never,
    ask: (window, asked) => {
      told.push(asked);
      const answer = answers[windows.indexOf(window as never)];
      if (asked.kind === 'closing' && answer) queueMicrotask(() => farewell.answered(asked.question, answer));
    },
    outlivesWindows,
    patienceMs,
    endEngine: async () => {
      await new Promise(setImmediate); // folding takes a while
      ended.push('engine folded');
    },
    quit: () => app.quit(),
  });
  app.on('before-quit', farewell.quitting);
  app.on('window-all-closed', () => outlivesWindows || app.quit());
  for (const window of windows) window.on('close', (event) => farewell.closing(window as never, event as Event));
  return windows;
}

beforeEach(() => {
  app.removeAllListeners();
  for (const window of desktop.windows()) window.destroy();
  app.removeAllListeners();
  desktop.hasQuit = false;
  desktop.dialogs.length = 0;
  desktop.answers.length = 0;
  told = [];
  ended = [];
});

test('quitting asks every window, folds the engine, and only then ends', async () => {
  const windows = open({ answers: [ready, ready] });
  app.quit();
  expect([desktop.hasQuit, desktop.windows().length]).toEqual([false, 2]);
  await settled();
  expect(told).toMatchObject([
    { kind: 'closing', endsEngine: true },
    { kind: 'closing', endsEngine: true },
  ]);
  expect(windows.every((window) => window.isDestroyed())).toBe(true);
  expect([ended, desktop.hasQuit, desktop.dialogs]).toEqual([['engine folded'], true, []]);
});

test('running jobs are asked about once, for all windows together, and staying is the way back', async () => {
  const windows = open({ answers: [jobsIn('Boat'), jobsIn('Moon')] });
  desktop.answers.push({ response: 0 });
  app.quit();
  await settled();
  expect(desktop.dialogs).toMatchObject([
    {
      kind: 'message',
      options: { detail: 'Boat: 1 job\nMoon: 1 job', buttons: ['Keep working', 'Quit'], cancelId: 0 },
    },
  ]);
  expect(windows.some((window) => window.isDestroyed())).toBe(false);
  expect([ended, desktop.hasQuit]).toEqual([[], false]);

  desktop.answers.push({ response: 1 });
  app.quit();
  await settled();
  expect([desktop.dialogs.length, ended, desktop.hasQuit]).toEqual([2, ['engine folded'], true]);
});

test('asked to quit again while it asks, it does not ask twice', async () => {
  open({ answers: [ready] });
  app.quit();
  app.quit();
  desktop.windows()[0]?.close();
  await settled();
  expect([told.length, ended.length]).toEqual([1, 1]);
});

test('closing the last window ends the program', async () => {
  const [window] = open({ answers: [ready] });
  window?.close();
  expect(window?.isDestroyed()).toBe(false);
  await settled();
  expect([ended, desktop.hasQuit]).toEqual([['engine folded'], true]);
});

test('on macOS the program goes on without windows, and jobs with it', async () => {
  const [window] = open({ outlivesWindows: true, answers: [ready] });
  window?.close();
  await settled();
  expect(told).toMatchObject([{ kind: 'closing', endsEngine: false }]);
  expect([window?.isDestroyed(), ended, desktop.hasQuit]).toEqual([true, [], false]);
});

test('closing one of two windows closes that one, once it has sent its last gesture', async () => {
  const [first, second] = open({ answers: [undefined, ready] });
  first?.close();
  first?.close();
  await settled();
  expect([first?.isDestroyed(), told.length]).toEqual([false, 1]);
  const [asked] = told;
  if (asked?.kind === 'closing') farewell.answered(asked.question, ready);
  await settled();
  expect([first?.isDestroyed(), second?.isDestroyed(), ended]).toEqual([true, false, []]);
});

test('a system that shuts down is not held up by a question: gestures are sent, the engine folds', async () => {
  open({ answers: [jobsIn('Boat'), ready] });
  farewell.leaveUnasked();
  await settled();
  expect(told).toHaveLength(2);
  expect([desktop.dialogs, ended, desktop.hasQuit]).toEqual([[], ['engine folded'], true]);
});

test('a question that stands open when the system shuts down is answered by that', async () => {
  open({ answers: [jobsIn('Boat')] });
  let answer = (_: { response: number }) => {};
  desktop.answers.push(new Promise<{ response: number }>((resolve) => (answer = resolve)));
  app.quit();
  await settled();
  farewell.leaveUnasked();
  await settled();
  expect([ended, desktop.hasQuit]).toEqual([['engine folded'], true]);
  answer({ response: 0 }); // too late
  await settled();
  expect(ended).toEqual(['engine folded']);
});

test('a window that hangs does not keep the program from ending', async () => {
  open({ answers: [undefined], patienceMs: 5 });
  app.quit();
  await expect.poll(() => desktop.hasQuit).toBe(true);
  expect(ended).toEqual(['engine folded']);
});
