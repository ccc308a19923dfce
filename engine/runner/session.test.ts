import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { field, number } from '../packs/onnx-writer.ts';
import { openSession, type SessionOptions } from './session.ts';

const folder = await mkdtemp(join(tmpdir(), 'shotloom-session-'));
const path = join(folder, 'double.onnx');
await writeFile(path, doubling());
afterAll(() => rm(folder, { recursive: true }));

const options: SessionOptions = { device: 'cpu', threads: 1 };
const names = { inputs: ['x'], outputs: ['y'] };

test('a network computes what its graph says', async () => {
  const session = await openSession(path, names, options);
  const { y } = await session.run({ x: { data: Float32Array.of(1, 2.5, -3), shape: [3] } });
  expect(y).toEqual({ data: Float32Array.of(2, 5, -6), shape: [3] });
  await session.release();
});

test('what came in while a network computed is heard before the next step', async () => {
  const session = await openSession(path, names, options);
  const x = { data: new Float32Array(20_000_000), shape: [20_000_000] }; // some 20 ms of work
  let isHeard = false;
  setTimeout(() => {
    isHeard = true;
  }, 2);
  await session.run({ x });
  expect(isHeard).toBe(true);
  await session.release();
});

test('a graph that takes or gives other tensors than its manifest says is refused', async () => {
  await expect(openSession(path, { inputs: ['x', 'text'], outputs: ['y'] }, options)).rejects.toThrow(
    'the graph takes x instead of text, x',
  );
  await expect(openSession(path, { inputs: ['x'], outputs: ['z'] }, options)).rejects.toThrow('gives y instead of z');
});

test('a device that is not there is refused instead of replaced', async () => {
  await expect(openSession(path, names, { device: 'dml', threads: 1 })).rejects.toThrow(/dml/);
});

/** y = x + x, any number of floats. */
function doubling(): Buffer {
  const text = (tag: number, value: string) => field(tag, Buffer.from(value));
  const floats = field(2, field(1, Buffer.concat([number(1, 1), field(2, field(1, text(2, 'n')))])));
  const value = (name: string) => Buffer.concat([text(1, name), floats]);
  const add = Buffer.concat([text(1, 'x'), text(1, 'x'), text(2, 'y'), text(4, 'Add')]);
  const graph = [field(1, add), text(2, 'double'), field(11, value('x')), field(12, value('y'))];
  return Buffer.concat([number(1, 8), field(8, number(2, 17)), field(7, Buffer.concat(graph))]);
}
