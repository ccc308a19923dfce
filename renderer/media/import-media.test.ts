import { expect, test } from 'vitest';
import { pathsInText } from './import-media.ts';

test('pasted paths and file addresses are files, one a line; anything else is not', () => {
  expect(pathsInText('/home/mira/a.mov')).toEqual(['/home/mira/a.mov']);
  expect(pathsInText('file:///home/mira/%E5%BD%B1%20a.mov\n"C:\\Films\\b.wav"')).toEqual([
    '/home/mira/影 a.mov',
    'C:\\Films\\b.wav',
  ]);
  expect(pathsInText('file:///C:/Films/b.wav')).toEqual(['C:/Films/b.wav']);
  expect(pathsInText('a red boat\n/home/mira/a.mov')).toEqual([]);
  expect(pathsInText('')).toEqual([]);
});
