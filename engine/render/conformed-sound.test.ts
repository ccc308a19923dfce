import { expect, test } from 'vitest';
import { readConformedSound } from './conformed-sound.ts';

function wav({ rate = 48000, note = '', dataBytes }: { rate?: number; note?: string; dataBytes: number }): Uint8Array {
  const parts: [string, Uint8Array][] = [['fmt ', formatChunk(rate)]];
  if (note) parts.push(['LIST', new TextEncoder().encode(note)]);
  const bytes = [...text('RIFF'), ...u32(0), ...text('WAVE')];
  for (const [name, body] of parts)
    bytes.push(...text(name), ...u32(body.length), ...body, ...(body.length % 2 ? [0] : []));
  return new Uint8Array([...bytes, ...text('data'), ...u32(dataBytes)]);
}

const text = (word: string) => [...new TextEncoder().encode(word)];
const u32 = (value: number) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
const formatChunk = (rate: number) => new Uint8Array([1, 0, 2, 0, ...u32(rate), ...u32(rate * 4), 4, 0, 16, 0]);

test('the samples begin after the header, whatever notes lie before them', () => {
  expect(readConformedSound(wav({ dataBytes: 400 }), 444)).toEqual({ firstByte: 44, length: 100 });
  expect(readConformedSound(wav({ dataBytes: 400, note: 'odd' }), 456)).toEqual({ firstByte: 56, length: 100 });
});

test('a file written to a pipe, or cut short, ends where it ends', () => {
  expect(readConformedSound(wav({ dataBytes: 0xffffffff }), 144).length).toBe(25);
});

test('anything else is refused', () => {
  expect(() => readConformedSound(wav({ rate: 44100, dataBytes: 4 }), 48)).toThrow(/48 kHz/);
  expect(() => readConformedSound(new TextEncoder().encode('ID3 and so on…'), 14)).toThrow(/not a WAV/);
  expect(() => readConformedSound(wav({ dataBytes: 4 }).subarray(0, 20), 48)).toThrow(/without samples/);
});
