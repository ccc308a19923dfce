import { expect, test } from 'vitest';
import type { MediaId } from '../contract/ids.ts';
import { mediaGrants } from './media-grants.ts';

test('an id says nothing of its file and cannot be guessed: 128 bits, another for every file', () => {
  const grants = mediaGrants();
  const ids = Array.from({ length: 1000 }, (_, index) => grants.grant(`/films/${index}.mp4`, 'video/mp4', 'one'));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(Buffer.from(id, 'base64url')).toHaveLength(16);
  expect(ids.join('')).not.toContain('films');
});

test('a file keeps its id while its project is open, and has another in another project', () => {
  const grants = mediaGrants();
  const id = grants.grant('/a.mp4', 'video/mp4', 'one');
  expect(grants.grant('/a.mp4', 'video/mp4', 'one')).toBe(id);
  const elsewhere = grants.grant('/a.mp4', 'video/mp4', 'two');
  expect(elsewhere).not.toBe(id);

  grants.release('one');
  expect(grants.resolve(id)).toBeUndefined();
  expect(grants.resolve(elsewhere)).toEqual({ path: '/a.mp4', mime: 'video/mp4' });
});

test('what was never granted cannot be read, whatever it is called', () => {
  const grants = mediaGrants();
  grants.grant('/a.mp4', 'video/mp4', 'one');
  for (const id of ['/a.mp4', '', 'constructor', '__proto__', '../a.mp4']) {
    expect(grants.resolve(id as MediaId)).toBeUndefined();
  }
});
