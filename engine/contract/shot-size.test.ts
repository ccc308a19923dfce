import { expect, test } from 'vitest';
import { isNearShape, type Shape, shotSize } from './shot-size.ts';

const size = (text: string): Shape => {
  const [widthPx = 0, heightPx = 0] = text.split('×').map(Number);
  return { widthPx, heightPx };
};
const sizes = ['288×160', '256×144', '160×288', '224×224', '192×128'].map(size);

test.each([
  ['1920×1080', '288×160'], // 256×144 is exact, and the pack does this one better
  ['3840×2160', '288×160'],
  ['1080×1920', '160×288'],
  ['1080×1080', '224×224'],
  ['1440×1080', '192×128'],
])('in a frame of %s a shot is made in %s', (frame, made) => {
  expect(shotSize(sizes, size(frame))).toEqual(size(made));
});

test('a pack of one shape makes that one, and it is known whether it fills the frame', () => {
  const [only = size('1×1')] = sizes;
  expect(shotSize([only], size('1080×1920'))).toEqual(only);
  expect(isNearShape(only, size('1920×1080'))).toBe(true);
  expect(isNearShape(only, size('1080×1920'))).toBe(false);
  expect(isNearShape(only, size('1080×1080'))).toBe(false);
});
