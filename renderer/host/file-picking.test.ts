import { expect, test } from 'vitest';
import type { FolderEntry, FolderListing } from '../../engine/contract/system.ts';
import { joinPath, pickedPaths } from './file-picking.ts';

const entry = (name: string, kind: FolderEntry['kind']): FolderEntry => ({
  name,
  path: `/films/${name}`,
  kind,
  sizeBytes: 0,
  modifiedMs: 0,
});
const listing: FolderListing = {
  path: '/films',
  roots: [],
  entries: [entry('Rushes', 'folder'), entry('a.mov', 'file'), entry('b.wav', 'file'), entry('Boat', 'project')],
  freeBytes: 0,
};
const here = { listing, isProject: false };
const marked = ['/films/Rushes', '/films/a.mov', '/films/b.wav', '/films/Boat'];

test('importing takes files and leaves folders', () => {
  expect(pickedPaths({ kind: 'open-media' }, here, { marked, name: '' })).toEqual(['/films/a.mov', '/films/b.wav']);
});

test('one file is located; of folders the marked one is chosen, else the one that is shown', () => {
  expect(pickedPaths({ kind: 'locate-media', name: 'a' }, here, { marked, name: '' })).toEqual(['/films/a.mov']);
  const folder = { kind: 'choose-folder', title: 'missing.search' } as const;
  expect(pickedPaths(folder, here, { marked, name: '' })).toEqual(['/films/Rushes']);
  expect(pickedPaths(folder, here, { marked: [], name: '' })).toEqual(['/films']);
});

test('only a project can be opened as one', () => {
  expect(pickedPaths({ kind: 'open-project' }, here, { marked, name: '' })).toEqual(['/films/Boat']);
});

test('inside a project, that project can be opened, unless another one is marked', () => {
  const inside = { listing, isProject: true };
  expect(pickedPaths({ kind: 'open-project' }, inside, { marked: [], name: '' })).toEqual(['/films']);
  expect(pickedPaths({ kind: 'open-project' }, inside, { marked, name: '' })).toEqual(['/films/Boat']);
});

test('an export is named once and ends in .mp4', () => {
  const save = (name: string) =>
    pickedPaths({ kind: 'save-export', folder: '/films', name: '' }, here, { marked: [], name });
  expect(save('Boat')).toEqual(['/films/Boat.mp4']);
  expect(save('Boat.MP4 ')).toEqual(['/films/Boat.MP4']);
  expect(save('../Boat')).toEqual([]);
  expect(save(' ')).toEqual([]);
});

test('paths are joined as their system writes them', () => {
  expect(joinPath('C:\\Films', 'a.mp4')).toBe('C:\\Films\\a.mp4');
  expect(joinPath('/', 'a.mp4')).toBe('/a.mp4');
});
