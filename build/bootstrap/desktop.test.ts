import { expect, test } from 'vitest';
import { desktopOrWhy, type Machine } from './desktop.mjs';

const desk: Machine = {
  platform: 'linux',
  userId: 1000,
  env: { WAYLAND_DISPLAY: 'wayland-0' },
  findProgram: () => '/electron',
  fetchProgram: () => {
    throw new Error('nothing to fetch');
  },
};
const open = (machine: Partial<Machine>, ...args: string[]) => desktopOrWhy(args, { ...desk, ...machine });

test('with a display and the program, Electron opens the editor, with a project or without', () => {
  expect(open({})).toEqual({ kind: 'desktop', program: '/electron' });
  expect(open({}, '/films/Boat')).toEqual({ kind: 'desktop', program: '/electron' });
  expect(open({ env: { DISPLAY: ':0' } })).toMatchObject({ kind: 'desktop' });
  expect(open({ platform: 'darwin', env: {} })).toMatchObject({ kind: 'desktop' });
  expect(open({ platform: 'win32', userId: undefined, env: {} })).toMatchObject({ kind: 'desktop' });
});

test('a program that is not there is fetched', () => {
  expect(open({ findProgram: () => undefined, fetchProgram: () => '/fetched' })).toMatchObject({ program: '/fetched' });
});

test.each<[string, Partial<Machine>]>([
  ['root', { userId: 0 }],
  ['no display', { env: {} }],
  ['`npx install-electron`', { findProgram: () => undefined, fetchProgram: () => undefined }],
])('else the browser does, and one line says why: %s', (reason, machine) => {
  const how = open(machine);
  expect(how.kind === 'browser' && how.why).toContain(reason);
  expect(how.kind === 'browser' && how.why).toMatch(/^[^\n]+, so the editor opens in your browser\.$/);
});

test.each([['--web'], ['--port', '4820'], ['--origin=https://edit.example'], ['--json'], ['--help']])(
  '%s means the web host, without a word',
  (...args) => {
    expect(open({}, ...args)).toEqual({ kind: 'browser' });
  },
);
