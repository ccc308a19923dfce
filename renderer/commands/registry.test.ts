import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { chord } from './chord.ts';
import { type CommandName, commandFor, commands, keysOf } from './registry.ts';

const names = Object.keys(commands) as CommandName[];

test('no two commands share a key', () => {
  const keys = names.flatMap((name) => commands[name].keys.map((key) => JSON.stringify(chord(key))));
  expect(new Set(keys).size).toBe(keys.length);
});

test('every command has words', () => {
  for (const name of names) expect(en).toHaveProperty([commands[name].label]);
});

test('the keys of the map find their commands', () => {
  const press = (code: string, key: string, held: { ctrlKey?: boolean; shiftKey?: boolean; altKey?: boolean } = {}) =>
    commandFor({ code, key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  expect(press('Space', ' ')).toBe('playPause');
  expect(press('KeyK', 'k')).toBe('shuttleStop');
  expect(press('KeyK', 'k', { ctrlKey: true })).toBe('split');
  expect(press('Delete', 'Delete', { shiftKey: true })).toBe('rippleDelete');
  expect(press('Slash', '?', { shiftKey: true })).toBe('shortcuts');
  expect(press('KeyQ', 'q')).toBeUndefined();
});

test('menus show the first key of a command', () => {
  expect(keysOf('redo')).toBe('Ctrl Shift Z');
  expect(keysOf('frameBack')).toBe('←');
});
