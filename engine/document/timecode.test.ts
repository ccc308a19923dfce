import { expect, test } from 'vitest';
import { frames } from './time.ts';
import { formatOffset, formatTimecode, numberingFor } from './timecode.ts';

const ntsc = { num: 30000, den: 1001 };
const ntsc60 = { num: 60000, den: 1001 };

test.each([
  [0, '00:00:00;00'],
  [1799, '00:00:59;29'],
  [1800, '00:01:00;02'],
  [17981, '00:09:59;29'],
  [17982, '00:10:00;00'],
  [107892, '01:00:00;00'],
  [2589407, '23:59:59;29'],
])('drop-frame numbering at 29.97: frame %i is %s', (at, expected) => {
  expect(formatTimecode(frames(at), ntsc, 'drop-frame')).toBe(expected);
});

test('59.94 drops four numbers a minute', () => {
  expect(formatTimecode(frames(3599), ntsc60, 'drop-frame')).toBe('00:00:59;59');
  expect(formatTimecode(frames(3600), ntsc60, 'drop-frame')).toBe('00:01:00;04');
});

test('every other rate counts straight', () => {
  expect(numberingFor({ num: 24000, den: 1001 })).toBe('non-drop');
  expect(formatTimecode(frames(24 * 61 + 10), { num: 24000, den: 1001 }, 'non-drop')).toBe('00:01:01:10');
});

test('an offset is signed and short', () => {
  expect(formatOffset(frames(14), { num: 24, den: 1 })).toBe('+00:00:14');
  expect(formatOffset(frames(-31), { num: 24, den: 1 })).toBe('−00:01:07');
});
