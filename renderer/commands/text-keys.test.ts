import { expect, test } from 'vitest';
import { chord } from './chord.ts';
import { commands } from './registry.ts';
import { isTextKey } from './text-keys.ts';

const press = (keys: string) => {
  const { mod, alt, ...wanted } = chord(keys);
  const key =
    wanted.by === 'character'
      ? wanted.key
      : wanted.code.replace(/^Key(.)$/, (_, letter: string) => letter.toLowerCase());
  return { key, ctrlKey: mod, metaKey: false, altKey: alt };
};

test('of the commands, a text field lets these through and keeps the others', () => {
  const throughText = Object.entries(commands).flatMap(([name, { keys }]) =>
    keys.some((key) => !isTextKey(press(key))) ? [name] : [],
  );
  expect(throughText.sort()).toEqual([
    ...['export', 'fullScreen', 'import', 'linking', 'nextPanel', 'previousPanel'],
    ...['settings', 'split', 'splitAll', 'startJob'],
  ]);
});

test('whatever writes stays in the field, AltGr on Windows and Option on a Mac included', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false };
  expect(isTextKey({ ...plain, key: 'm' })).toBe(true);
  expect(isTextKey({ ...plain, key: '@', ctrlKey: true, altKey: true })).toBe(true);
  expect(isTextKey({ ...plain, key: 'µ', altKey: true })).toBe(true);
  expect(isTextKey({ ...plain, key: 'Escape' })).toBe(true);
});

test('the field keeps its own undo, clipboard and words', () => {
  for (const key of ['z', 'Z', 'y', 'a', 'c', 'x', 'v', 'ArrowLeft', 'Backspace', 'Home']) {
    expect(isTextKey({ key, ctrlKey: true, metaKey: false, altKey: false })).toBe(true);
  }
});
