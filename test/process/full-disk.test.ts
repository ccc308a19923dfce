import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

// A disk of two megabytes, mounted in a namespace of its own that ends with its process.
const canMount = spawnSync('unshare', ['-Urm', 'true']).status === 0;
const disk = mkdtempSync(join(tmpdir(), "shotloom 盘 'd' "));
afterAll(() => rmSync(disk, { recursive: true, force: true }));

test.skipIf(!canMount)(
  'on a full disk nothing is lost: gestures are refused until there is room, and the film opens to be read',
  () => {
    const mounted = 'mount -t tmpfs -o size=2m none "$1" && exec "$2" --disable-warning=ExperimentalWarning "$3" "$1"';
    const story = join(import.meta.dirname, 'full-disk-story.ts');
    const child = spawnSync('unshare', ['-Urm', 'sh', '-c', mounted, 'sh', disk, process.execPath, story], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect([child.status, child.stderr]).toEqual([0, '']);
    expect(JSON.parse(child.stdout)).toEqual({
      whenFull: { gesture: 'disk-full', import: 'disk-full' },
      whenCleared: 'done',
      onFullDisk: ['Room again', 'reader', 'disk-full'],
      afterwards: ['Room again', 'editor', 'ready'],
      lost: 0,
    });
  },
);
