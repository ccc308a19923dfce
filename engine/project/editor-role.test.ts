import { expect, test } from 'vitest';
import type { EditorId } from '../contract/ids.ts';
import { editorRole } from './editor-role.ts';

const [mira, jun] = ['mira' as EditorId, 'jun' as EditorId];

test('the first window edits, the second reads until it takes over', () => {
  const changes: (EditorId | undefined)[] = [];
  const role = editorRole((editor) => changes.push(editor));
  expect(role.enter(mira)).toBe('editor');
  expect(role.enter(jun)).toBe('reader');
  expect(role.mayEdit(jun)).toBe(false);
  role.takeOver(jun);
  expect([role.mayEdit(mira), role.mayEdit(jun)]).toEqual([false, true]);
  expect(changes).toEqual([mira, jun]);
});

test('a window that reloads is the editor still, and one that is gone makes room', () => {
  const role = editorRole(() => {});
  role.enter(mira);
  role.leave(mira);
  expect(role.enter(mira)).toBe('editor');
  role.leave(mira);
  expect(role.enter(jun)).toBe('editor');
  expect(role.enter(mira)).toBe('reader');
});

test('a window that only wants to read leaves the role to the editor that is on its way', () => {
  const role = editorRole(() => {});
  expect(role.enter(jun, 'reader')).toBe('reader');
  expect(role.enter(mira)).toBe('editor');
  expect(role.enter(jun, 'reader')).toBe('reader');
});

test('a second connection of the same window does not end its role when the first one drops', () => {
  const role = editorRole(() => {});
  role.enter(mira);
  role.enter(mira);
  role.leave(mira);
  expect(role.enter(jun)).toBe('reader');
});
