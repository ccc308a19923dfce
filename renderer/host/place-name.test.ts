import { expect, test } from 'vitest';
import { placeName } from './place-name.ts';

test('a home folder and the folder of new projects are called so; any other by its name', () => {
  const named = (path: string, name: string) => placeName({ path, name });
  expect(named('/root', 'root')).toBe('files.home');
  expect(named('/home/mira', 'mira')).toBe('files.home');
  expect(named('/Users/mira', 'mira')).toBe('files.home');
  expect(named('C:\\Users\\Mira', 'Mira')).toBe('files.home');
  expect(named('/home/mira/Videos/Shotloom', 'Shotloom')).toBe('files.projects');
  expect(named('/home/mira/Rushes', 'Rushes')).toBeUndefined();
});
