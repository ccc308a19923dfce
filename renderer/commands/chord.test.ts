import { expect, test } from 'vitest';
import { chord, chordLabel, type KeyPress, pressMatches } from './chord.ts';

const press = (code: string, key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});
const matches = (text: string, pressed: KeyPress, isMac = false) => pressMatches(chord(text), pressed, isMac);

test('a bare key goes by its place: on a French keyboard the key where Q lies trims, though it writes A', () => {
  expect(matches('KeyQ', press('KeyQ', 'a'))).toBe(true);
  expect(matches('KeyQ', press('KeyA', 'q'))).toBe(false);
});

test('Mod and a letter go by the character: undo is where Z is written', () => {
  expect(matches('Mod+z', press('KeyW', 'z', { ctrlKey: true }))).toBe(true);
  expect(matches('Mod+z', press('KeyZ', 'w', { ctrlKey: true }))).toBe(false);
  expect(matches('Mod+Shift+z', press('KeyZ', 'Z', { ctrlKey: true, shiftKey: true }))).toBe(true);
});

test('a key with one modifier more or less is another key', () => {
  expect(matches('KeyJ', press('KeyJ', 'j', { ctrlKey: true }))).toBe(false);
  expect(matches('Shift+ArrowLeft', press('ArrowLeft', 'ArrowLeft'))).toBe(false);
  expect(matches('Mod+z', press('KeyZ', 'Z', { ctrlKey: true, shiftKey: true }))).toBe(false);
});

test('Mod is Command on a Mac and Ctrl elsewhere', () => {
  expect(matches('Mod+k', press('KeyK', 'k', { metaKey: true }), true)).toBe(true);
  expect(matches('Mod+k', press('KeyK', 'k', { ctrlKey: true }), true)).toBe(false);
  expect(chordLabel(chord('Mod+Shift+k'), false)).toBe('Ctrl Shift K');
  expect(chordLabel(chord('Mod+Shift+k'), true)).toBe('⇧⌘K');
});

test('a sign is itself on whatever keys it takes', () => {
  expect(matches('?', press('Slash', '?', { shiftKey: true }))).toBe(true);
  expect(matches('?', press('Minus', '?', { shiftKey: true }))).toBe(true);
});

test('a mistyped modifier is found at once', () => {
  expect(() => chord('Cmd+k')).toThrow('no modifier Cmd');
});
