import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { applyPatch, diff } from './patch.ts';

test('a patch holds only what changed', () => {
  const kept = { id: 'b', at: 10 };
  const before = { name: 'Cut', clips: [{ id: 'a', at: 0 }, kept] };
  const after = { name: 'Cut', clips: [{ id: 'a', at: 5 }, kept] };
  expect(diff(before, after)).toEqual([{ op: 'set', path: ['clips', 0, 'at'], value: 5 }]);
  expect(diff(before, before)).toEqual([]);
});

test('a clip put into a track is one splice', () => {
  const [a, b] = [{ id: 'a' }, { id: 'b' }];
  expect(diff([a, b], [a, { id: 'x' }, b])).toEqual([
    { op: 'splice', path: [], at: 1, remove: 0, insert: [{ id: 'x' }] },
  ]);
});

test('a patch that does not fit is an error, never a guess', () => {
  expect(() => applyPatch({ clips: [] }, [{ op: 'set', path: ['clips', 3, 'at'], value: 1 }])).toThrow(/does not fit/);
  expect(() => applyPatch([1], [{ op: 'splice', path: [], at: 1, remove: 2, insert: [] }])).toThrow(/does not fit/);
});

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1, maxLength: 3 }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

test('applying the difference of any two documents to the first gives the second', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(applyPatch(before, diff(before, after))).toEqual(after);
    }),
    { numRuns: 2000 },
  );
});

test('equal documents have equal fingerprints whatever the order of keys, and different ones differ', () => {
  expect(fingerprint({ a: 1, b: [2, { c: 3 }] })).toBe(fingerprint({ b: [2, { c: 3 }], a: 1 }));
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(fingerprint(a) === fingerprint(structuredClone(a))).toBe(true);
      if (JSON.stringify(a) !== JSON.stringify(b) && diff(a, b).length > 0)
        expect(fingerprint(a)).not.toBe(fingerprint(b));
    }),
    { numRuns: 2000 },
  );
});
