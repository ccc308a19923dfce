import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { TakeId } from '../../../engine/document/ids.ts';
import { frames } from '../../../engine/document/time.ts';
import type { Picture } from '../compositor/drawn-frame.ts';
import { DecodeQueue } from './decode-queue.ts';
import type { PictureReader } from './picture-reader.ts';
import type { PictureFile, PictureKey } from './protocol.ts';

/** Files whose pictures are only their names, decoded one a turn; every open reader and read is counted. */
function smallFiles() {
  const told: string[] = [];
  const state = { openReaders: 0, overlapping: 0, decoded: 0 };
  const open = async (file: PictureFile): Promise<PictureReader> => {
    state.openReaders++;
    if (file.url.includes('broken')) throw new Error('it is damaged');
    let isReading = false;
    return {
      read: async (wanted, onPicture, signal) => {
        if (isReading) state.overlapping++;
        isReading = true;
        for (const frame of wanted) {
          await wait(1);
          if (signal.aborted) break;
          state.decoded++;
          onPicture(frame, `${frame}` as unknown as Picture);
        }
        isReading = false;
      },
      close: async () => void state.openReaders--,
    };
  };
  const queue = new DecodeQueue({
    open,
    onPicture: ({ takeId, frame }) => told.push(`${takeId}${frame}`),
    onUnreadable: (takeId, reason) => told.push(`${takeId}: ${reason}`),
  });
  const names = 'ABCDEFGHX'.split('');
  const rate = { num: 24, den: 1 };
  const fileOf = (name: string): PictureFile => ({
    ...{ kind: 'moving', url: name === 'X' ? '/broken' : `/${name}`, rate, frameCount: 100, isProxy: true },
  });
  queue.setFiles(new Map(names.map((name) => [name as TakeId, fileOf(name)])));
  return { queue, told, state };
}

const keys = (text: string): PictureKey[] =>
  text.split(' ').map((each) => ({ takeId: each.charAt(0) as TakeId, frame: frames(Number(each.slice(1))) }));

test('what is due comes first, the rest in rising order', async () => {
  const { queue, told } = smallFiles();
  await queue.want(keys('A5'), keys('A8 A6 A7'));
  expect(told).toEqual(['A5', 'A6', 'A7', 'A8']);
});

test('backward play gets the pictures on the way to the due one in the same pass', async () => {
  const { queue, told } = smallFiles();
  await queue.want(keys('A5'), keys('A4 A3 A2'));
  expect(told).toEqual(['A2', 'A3', 'A4', 'A5']);
});

test('while one scrubs, only the last wish is carried out', async () => {
  const { queue, told, state } = smallFiles();
  const wishes = Array.from({ length: 50 }, (_, index) => queue.want(keys(`A${index}`), []));
  await Promise.all(wishes);
  expect(told.at(-1)).toBe('A49');
  expect(state.decoded).toBeLessThanOrEqual(3);
  expect(state.overlapping).toBe(0);
});

test('two files are decoded side by side', async () => {
  const { queue, told } = smallFiles();
  await queue.want(keys('A1 B1'), []);
  expect(told.sort()).toEqual(['A1', 'B1']);
});

test('a file that cannot be read is told once a wish, and hinders no other', async () => {
  const { queue, told } = smallFiles();
  await queue.want(keys('X1 A1'), []);
  expect(told.sort()).toEqual(['A1', 'X: it is damaged']);
});

test('no more than six files stay open, and none once the queue is closed', async () => {
  const { queue, state } = smallFiles();
  for (const name of 'ABCDEFGH') await queue.want(keys(`${name}1`), []);
  await wait(5);
  expect(state.openReaders).toBe(6);
  await queue.close();
  expect(state.openReaders).toBe(0);
});

test('a take whose file changed is read from the new one', async () => {
  const { queue, told, state } = smallFiles();
  await queue.want(keys('A1'), []);
  queue.setFiles(new Map([['A' as TakeId, { kind: 'still', url: '/other' }]]));
  await queue.want(keys('A2'), []);
  await wait(5);
  expect(told).toEqual(['A1', 'A2']);
  expect(state.openReaders).toBe(1);
});
