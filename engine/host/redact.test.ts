import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineWithoutPaths, withoutPaths } from './redact.ts';

const letters = fc.constantFrom(...'abzXY09 .-_()[]片场é');
const name = fc
  .string({ unit: letters, minLength: 3, maxLength: 20 })
  .map((text) => `Secret ${text.trim()}`)
  .filter((text) => !/\.(mjs|js|ts):/.test(text));
const pathOf = fc
  .tuple(fc.constantFrom('/', '~/', 'C:\\', '\\\\nas\\'), fc.array(name, { minLength: 1, maxLength: 4 }))
  .map(([root, names]) => root + names.join(root.includes('\\') ? '\\' : '/'));

test('whatever a folder or file is called, its name is in no line that leaves the machine', () => {
  const sentences = [
    (path: string) => ({ err: { message: `media-unreadable: ${JSON.stringify({ path, reason: 'cut off' })}` } }),
    (path: string) => ({ line: `Input #0, mov, from 'file:${path}':` }),
    (path: string) => ({ failure: { code: 'disk-full', path } }),
    (path: string) => ({ err: { stack: `Error: no (${path})\n    at read (${path})` } }),
  ];
  fc.assert(
    fc.property(pathOf, fc.constantFrom(...sentences), (path, sentence) => {
      const line = JSON.stringify(sentence(path));
      expect(lineWithoutPaths(line)).not.toContain('Secret');
      expect(lineWithoutPaths(line.slice(0, -2))).not.toContain('Secret'); // cut off midway
    }),
    { seed: 20261121, numRuns: 500 },
  );
});

test('what is no path stays: numbers, kinds of media, and where in our code it was', () => {
  expect(withoutPaths('24/1 fps, video/mp4, step 3/20 and/or more')).toBe('24/1 fps, video/mp4, step 3/20 and/or more');
  expect(withoutPaths('    at open (file:///opt/shotloom/dist/node/engine.mjs:120:7)\nTypeError: x')).toBe(
    '    at open (file:<path>engine.mjs:120:7)\nTypeError: x',
  );
});
