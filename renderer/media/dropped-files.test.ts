import { expect, test } from 'vitest';
import type { Uploaded } from '../host/host-api.ts';
import { createDroppedFiles, type DroppedFile } from './dropped-files.ts';

const file = (name: string, lastModified = 1): DroppedFile => ({ name, size: 100, lastModified });

/** A project that files are dropped on: what was sent, and how it is found again. */
function bin(kept = new Map<string, string>()) {
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
  const sent: string[] = [];
  const gone = new Set<string>();
  const files = createDroppedFiles(storage, '/films/boat');
  const send = async (fresh: readonly DroppedFile[]) =>
    fresh.map(({ name }): Uploaded => {
      sent.push(name);
      if (name === 'bad.mov') return { failure: { code: 'disk-full', path: '/films' } };
      return { path: `/films/boat/media/${sent.length} ${name}` };
    });
  const drop = (...dropped: DroppedFile[]) =>
    files.place(dropped, { isThere: (path) => !gone.has(path), send }, async (places) =>
      places.map((place) => ('path' in place ? place.path : 'failed')),
    );
  return { drop, sent, gone, kept };
}

test('a file dropped again is where it was, and is not sent again', async () => {
  const { drop, sent } = bin();
  const [first] = await drop(file('a.mov'));
  expect(await drop(file('b.mov'), file('a.mov'))).toEqual(['/films/boat/media/2 b.mov', first]);
  expect(sent).toEqual(['a.mov', 'b.mov']);
});

test('a file written again under its name is another file', async () => {
  const { drop, sent } = bin();
  const [mix] = await drop(file('mix.wav', 1));
  expect(await drop(file('mix.wav', 2))).not.toEqual([mix]);
  expect(sent).toEqual(['mix.wav', 'mix.wav']);
});

test('twice in one drop, or again while it is being sent, is once', async () => {
  const { drop, sent } = bin();
  const [both, again] = await Promise.all([drop(file('a.mov'), file('a.mov')), drop(file('a.mov'))]);
  expect(new Set([...both, ...again]).size).toBe(1);
  expect(sent).toEqual(['a.mov']);
});

test('what was not taken in, or is gone since, is sent again', async () => {
  const { drop, sent, gone } = bin();
  await drop(file('bad.mov'));
  await drop(file('bad.mov'));
  const [path = ''] = await drop(file('a.mov'));
  gone.add(path);
  await drop(file('a.mov'));
  expect(sent).toEqual(['bad.mov', 'bad.mov', 'a.mov', 'a.mov']);
});

test('a window opened again knows what was dropped before', async () => {
  const { drop, kept } = bin();
  const [path] = await drop(file('a.mov'));
  const next = bin(kept);
  expect(await next.drop(file('a.mov'))).toEqual([path]);
  expect(next.sent).toEqual([]);
});
