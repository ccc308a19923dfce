import { expect, test } from 'vitest';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import { filmOf, takeOf } from '../../../engine/document/film-notation.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { frames } from '../../../engine/document/time.ts';
import { emptyLibrary } from '../../state/library-store.ts';
import { mainSequence } from '../../state/project.ts';
import { atPlayhead } from '../viewer/at-playhead.ts';
import { gridRows } from './grid-cells.ts';
import { lanesOf } from './lanes.ts';

const cellsOn = (notation: string, label: string, scrollPx = 0, widthPx = 100, around = 0) => {
  const sequence = mainSequence(filmOf(notation));
  const lanes = lanesOf(sequence, 'large');
  const rows = gridRows(sequence, lanes, { pxPerFrame: 1, scrollPx }, { widthPx, around: frames(around) });
  return rows.find((row) => row.lane.label === label)?.cells.map(({ clip, range }) => `${clip?.id ?? '_'}:${range.in}`);
};

test('gaps are cells, and one clip beyond either side can be walked to', () => {
  expect(cellsOn('V1 A:0-10 B:20-30 C:30-40', 'V1')).toEqual(['A:0', '_:10', 'B:20', 'C:30']);
  const film = 'V1 A:0-50 B:50-100 C:100-150 D:150-200 E:200-250 F:250-300';
  expect(cellsOn(film, 'V1', 110, 30)).toEqual(['B:50', 'C:100', 'D:150']);
});

test('an empty track is one cell that says so', () => {
  expect(cellsOn('V1 A:0-10', 'V2')).toEqual(['_:0']);
});

test('however many clips are in view, a row holds few, round where the editor is', () => {
  const film = `V1 ${Array.from({ length: 400 }, (_, index) => `A+${index % 100}:${index * 10}-${index * 10 + 10}`).join(' ')}`;
  const cells = cellsOn(film, 'V1', 0, 5000, 2000);
  expect(cells).toHaveLength(48);
  expect(cells?.some((cell) => cell.endsWith(':2000'))).toBe(true);
});

test('the viewer says why it shows nothing: a gap, or a shot still to come above a picture', () => {
  const film = filmOf('V2 G:10-20 | V1 A:0-30');
  const pending = { kind: 'pending', facts: takeOf('G'), jobId: 'j' } as unknown as LibraryEntry;
  const ready = { kind: 'ready', facts: takeOf('A'), view: {} } as unknown as LibraryEntry;
  const entries = new Map([
    ['G' as TakeId, pending],
    ['A' as TakeId, ready],
  ]);
  const library = { ...emptyLibrary, entries };
  expect([5, 15, 40].map((at) => atPlayhead(film, library, frames(at)).kind)).toEqual(['picture', 'ghost', 'nothing']);
});
