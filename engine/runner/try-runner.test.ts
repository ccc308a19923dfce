import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tryRunner } from './try-runner.ts';

const scratch = await mkdtemp(join(tmpdir(), 'shotloom-try-'));
afterAll(() => rm(scratch, { recursive: true }));
const log = () => {};

test('a runner that works says what it computes with', async () => {
  expect(await tryRunner({ entry: join(import.meta.dirname, 'main.ts'), threads: 1, log })).toEqual({
    kind: 'answers',
    runtime: expect.stringMatching(/^ONNX Runtime \d+\.\d+\.\d+$/),
    threads: 1,
    devices: expect.arrayContaining(['cpu']),
  });
});

test('one that cannot start is told with what it said, or how it ended', async () => {
  const noLibrary = await program('no-library.mjs', "import 'a-library-that-is-not-there';");
  expect(await tryRunner({ entry: noLibrary, log })).toMatchObject({
    kind: 'fails',
    reason: expect.stringContaining("Cannot find package 'a-library-that-is-not-there'"),
  });
  const crash = await program('crash.mjs', "process.kill(process.pid, 'SIGABRT');");
  expect(await tryRunner({ entry: crash, log })).toEqual({ kind: 'fails', reason: 'signal SIGABRT' });
  expect(await tryRunner({ entry: crash, nodePath: join(scratch, 'no node'), log })).toMatchObject({ kind: 'fails' });
});

test('one that talks nonsense, or keeps silent, is not waited for', async () => {
  const babble = "import { writeSync } from 'node:fs'; writeSync(4, 'HTTP/1.1 200 OK'); setInterval(() => {}, 1000)";
  expect(await tryRunner({ entry: await program('babble.mjs', babble), log })).toEqual({
    kind: 'fails',
    reason: 'it does not speak as a runner does',
  });
  const silent = await program('silent.mjs', 'setInterval(() => {}, 1000);');
  expect(await tryRunner({ entry: silent, log }, 100)).toEqual({
    kind: 'fails',
    reason: 'it did not answer within 0.1 s',
  });
});

async function program(name: string, source: string): Promise<string> {
  const path = join(scratch, name);
  await writeFile(path, source);
  return path;
}
