import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filmOf } from './film-notation.ts';
import { fingerprint } from './fingerprint.ts';

test('a value has one name, whatever the order of its keys and wherever it was made', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const turned = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(record))).reverse());
      expect(fingerprint(turned)).toBe(fingerprint(JSON.parse(JSON.stringify(record))));
    }),
  );
  expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }));
});

test('every number of a film counts', () => {
  const text = JSON.stringify(filmOf('V1 A:0-48 B:48-96 | A1 a:0-48'));
  const names = new Set([fingerprint(JSON.parse(text))]);
  const changes = [...text.matchAll(/:(\d+)/g)];
  for (const { index } of changes) {
    const changed = `${text.slice(0, index)}:1${text.slice(index + 1)}`;
    names.add(fingerprint(JSON.parse(changed)));
  }
  expect(names.size).toBe(changes.length + 1);
});
