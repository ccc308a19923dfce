import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PictureCache } from './picture-cache.ts';

function counted() {
  const open = new Set<object>();
  const make = () => {
    const picture = { close: () => void open.delete(picture) };
    open.add(picture);
    return picture;
  };
  return { open, make };
}

test('whatever is put in and asked for, the cap holds and every picture is closed once it is out', () => {
  const action = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    bytes: fc.integer({ min: 1, max: 70 }),
    put: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const { open, make } = counted();
      const cache = new PictureCache(100);
      for (const { name, bytes, put } of actions) {
        if (put) cache.put(name, make(), bytes);
        else cache.get(name);
        expect(cache.bytes).toBeLessThanOrEqual(100);
        expect(open.size).toBe(['a', 'b', 'c', 'd'].filter((each) => cache.has(each)).length);
      }
      cache.drop(() => true);
      expect([open.size, cache.bytes]).toEqual([0, 0]);
    }),
  );
});

test('the longest unused goes first', () => {
  const { make } = counted();
  const cache = new PictureCache(30);
  for (const name of ['a', 'b', 'c']) cache.put(name, make(), 10);
  cache.get('a');
  cache.put('d', make(), 10);
  expect(['a', 'b', 'c', 'd'].filter((name) => cache.has(name))).toEqual(['a', 'c', 'd']);
});

test('a picture larger than the cap is not kept', () => {
  const { open, make } = counted();
  const cache = new PictureCache(30);
  cache.put('a', make(), 10);
  cache.put('huge', make(), 31);
  expect([cache.bytes, open.size]).toEqual([0, 0]);
});
