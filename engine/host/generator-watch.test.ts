import { expect, test } from 'vitest';
import type { DeviceFault, ShotPlace } from '../contract/device.ts';
import type { Generator } from '../contract/generator.ts';
import type { Pack } from '../packs/pack.ts';
import { countCrashes } from '../runner/crash-count.ts';
import { watchGenerator } from './generator-watch.ts';

const absent: DeviceFault = { kind: 'absent', said: 'no adapter' };
const pack = (providers: readonly string[]) =>
  ({ manifest: { id: 'big-one', name: 'Big One', components: { dit: { providers } } } }) as unknown as Pack;

/** A generator whose runner crashes when it is told to, on a machine that has what `place` says. */
function watched() {
  const crashes = countCrashes(() => 0);
  let place: ShotPlace = { kind: 'device', device: 'cpu' };
  const watch = watchGenerator({
    runner: {
      crashes: () => ({ count: crashes.recent(), isTooMany: crashes.isTooMany() }),
      forgetCrashes: crashes.forget,
    },
    devices: { placeFor: async () => place },
  });
  return {
    watch,
    crash: () => {
      crashes.add();
      watch.died('webgpu');
    },
    setPlace: (next: ShotPlace) => {
      place = next;
    },
  };
}

const off: Generator = { kind: 'off', device: 'webgpu', crashCount: 3 };

test('the third crash turns the generator off, and who wants it again, or on another device, turns it on', async () => {
  const { watch, crash } = watched();
  crash();
  crash();
  expect(watch.now()).toEqual({ kind: 'ready' });
  crash();
  expect(watch.now()).toEqual(off);
  watch.startAgain();
  expect(watch.now()).toEqual({ kind: 'ready' });
  for (let count = 0; count < 3; count++) crash();
  expect(watch.now()).toEqual(off);
  await watch.reconsider();
  expect(watch.now()).toEqual({ kind: 'ready' });
});

test('a generator that is off stays off when a pack has no device, too', async () => {
  const { watch, crash } = watched();
  for (let count = 0; count < 3; count++) crash();
  const nowhere = { kind: 'nowhere', device: 'cuda', fault: absent } as const;
  watch.hasNoPlace(pack(['cuda']), nowhere);
  expect(watch.now()).toEqual(off);
  watch.startAgain();
  expect(watch.now()).toEqual({ kind: 'ready' });
});

test('a pack without a device is told until a shot is made, or there is one', async () => {
  const { watch, setPlace } = watched();
  const nowhere = { kind: 'nowhere', device: 'cuda', fault: absent } as const;
  setPlace(nowhere);
  watch.hasNoPlace(pack(['cuda']), nowhere);
  const told = { packId: 'big-one', packName: 'Big One', device: 'cuda', fault: absent };
  expect(watch.now()).toEqual({ kind: 'no-device', ...told, hasProcessor: false });
  await watch.reconsider();
  expect(watch.now()).toMatchObject({ kind: 'no-device' });
  watch.made(); // one of another pack
  expect(watch.now()).toEqual({ kind: 'ready' });
  watch.hasNoPlace(pack(['cuda', 'cpu']), nowhere);
  expect(watch.now()).toMatchObject({ hasProcessor: true });
  setPlace({ kind: 'device', device: 'cpu' });
  await watch.reconsider();
  expect(watch.now()).toEqual({ kind: 'ready' });
});

test('whoever follows is told how it stands, and every change once', async () => {
  const { watch, crash } = watched();
  const gone = new AbortController();
  const told = watch.follow(gone.signal);
  expect((await told.next()).value).toEqual({ kind: 'ready' });
  watch.made();
  const next = told.next();
  for (let count = 0; count < 3; count++) crash();
  expect((await next).value).toEqual(off);
  gone.abort();
  expect(await told.next()).toMatchObject({ done: true });
});
