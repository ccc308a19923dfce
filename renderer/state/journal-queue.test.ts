import { expect, test, vi } from 'vitest';
import type { JournalEntry } from '../../engine/contract/project.ts';
import type { Film } from '../../engine/document/film.ts';
import { filmOf } from '../../engine/document/film-notation.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';
import { type Appended, createJournalQueue } from './journal-queue.ts';
import { reconcile } from './reconcile.ts';

const films = ['', 'V1 A:0-10', 'V1 A:0-20', 'V1 A:0-30'].map((notation) => filmOf(notation));
const [empty, first, second] = films as [Film, Film, Film];

/** The gesture that makes a film. */
function gestureTo(film: Film): JournalEntry {
  const intent = { kind: 'rename-film', gesture: 'g', name: 'x' } as unknown as JournalEntry['cause']['intent'];
  return { cause: { kind: 'edit', intent }, patch: [], fingerprint: fingerprint(film) };
}

/** An engine end that is answered by hand. */
function heldEngine() {
  const asked: { expectedRevision: number; answer: (appended: Appended) => void; hangUp: () => void }[] = [];
  const append = (expectedRevision: number) =>
    new Promise<Appended>((resolve, reject) => {
      asked.push({ expectedRevision, answer: resolve, hangUp: () => reject(new Error('gone')) });
    });
  return { asked, append };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('gestures go to the journal one at a time, each after the revision of the last', async () => {
  const { asked, append } = heldEngine();
  const queue = createJournalQueue({ append, onParted: () => {} });
  queue.reset(empty, 7);
  queue.push(gestureTo(first));
  queue.push(gestureTo(second));
  expect(asked.map((call) => call.expectedRevision)).toEqual([7]);
  expect(queue.saving.getState()).toEqual({ kind: 'saving', count: 2 });

  asked[0]?.answer({ kind: 'done', revision: 8 });
  await settled();
  expect(asked.map((call) => call.expectedRevision)).toEqual([7, 8]);
  asked[1]?.answer({ kind: 'done', revision: 9 });
  await settled();
  expect(queue.saving.getState()).toEqual({ kind: 'saved' });
});

test('an acknowledgement lost with its connection is not sent again', async () => {
  const { asked, append } = heldEngine();
  const queue = createJournalQueue({ append, onParted: () => {} });
  queue.reset(empty, 0);
  queue.push(gestureTo(first));
  queue.push(gestureTo(second));
  asked[0]?.hangUp();
  await settled();

  expect(queue.resume(first, 1)).toBe('resumed');
  await settled();
  expect(asked.map((call) => call.expectedRevision)).toEqual([0, 1]);
  expect(queue.saving.getState()).toEqual({ kind: 'saving', count: 1 });
});

test('a gesture lost with its connection is sent again', async () => {
  const { asked, append } = heldEngine();
  const queue = createJournalQueue({ append, onParted: () => {} });
  queue.reset(empty, 0);
  queue.push(gestureTo(first));
  asked[0]?.hangUp();
  await settled();
  expect(queue.resume(empty, 0)).toBe('resumed');
  await settled();
  expect(asked.map((call) => call.expectedRevision)).toEqual([0, 0]);
});

test('a film that another window has changed cannot be resumed', () => {
  const queue = createJournalQueue({ append: heldEngine().append, onParted: () => {} });
  queue.reset(empty, 0);
  queue.push(gestureTo(first));
  expect(queue.resume(filmOf('V1 B:0-5'), 1)).toBe('parted');
});

test('a refusal by another editor parts the films and nothing more is sent', async () => {
  const { asked, append } = heldEngine();
  const onParted = vi.fn();
  const queue = createJournalQueue({ append, onParted });
  queue.reset(empty, 0);
  queue.push(gestureTo(first));
  queue.push(gestureTo(second));
  asked[0]?.answer({ kind: 'failed', failure: { code: 'not-the-editor' } });
  await settled();
  expect(onParted).toHaveBeenCalledWith({ code: 'not-the-editor' });
  expect(asked).toHaveLength(1);
});

test('a full disk is told and asked again until the gesture is written', async () => {
  const { asked, append } = heldEngine();
  const queue = createJournalQueue({ append, onParted: () => {}, retryAfterMs: 5 });
  queue.reset(empty, 0);
  queue.push(gestureTo(first));
  asked[0]?.answer({ kind: 'failed', failure: { code: 'disk-full', path: '/film' } });
  await settled();
  expect(queue.saving.getState()).toMatchObject({ kind: 'stuck', failure: { code: 'disk-full' } });
  await expect.poll(() => asked).toHaveLength(2);
  asked[1]?.answer({ kind: 'done', revision: 1 });
  await settled();
  expect(queue.saving.getState()).toEqual({ kind: 'saved' });
});

test('where two films of the line look alike, the later one is taken', () => {
  const line = [gestureTo(first), gestureTo(empty)];
  expect(reconcile(empty, fingerprint(empty), line)).toEqual({ kind: 'same-line', received: 2 });
});

test('with the connection gone, gestures wait until the film is open again, whatever the one under way comes to', async () => {
  const { asked, append } = heldEngine();
  const queue = createJournalQueue({ append, onParted: () => {} });
  queue.reset(empty, 0);
  queue.push(gestureTo(first));
  queue.rest();
  queue.push(gestureTo(second));
  asked[0]?.answer({ kind: 'failed', failure: { code: 'not-a-project', path: 'film-1' } });
  await settled();
  expect([asked.length, queue.saving.getState()]).toEqual([1, { kind: 'saving', count: 2 }]);
  expect(queue.resume(first, 1)).toBe('resumed');
  await settled();
  expect(asked.map((call) => call.expectedRevision)).toEqual([0, 1]);
});

test('while it is unknown what the engine has, nothing is sent', async () => {
  const { asked, append } = heldEngine();
  const queue = createJournalQueue({ append, onParted: () => {} });
  queue.reset(empty, 0);
  queue.push(gestureTo(first));
  asked[0]?.hangUp();
  await settled();
  queue.push(gestureTo(second));
  expect(asked).toHaveLength(1);
  queue.resume(first, 1);
  expect(asked.map((call) => call.expectedRevision)).toEqual([0, 1]);
});
