import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceChoice, DeviceFault } from '../contract/device.ts';
import type { PackManifest } from '../packs/manifest.ts';
import { openDeviceBook } from './device-book.ts';
import { openDevices } from './devices.ts';

// A machine with two GPUs that compute right, by the word of a runner that only says so.

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shotloom 器 'd' "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface MachineOptions {
  readonly runtime?: string;
  /** Devices that are not there; packs that compute wrong or not in time, by the folder they lie in. */
  readonly absent?: readonly string[];
  readonly wrongPacks?: readonly string[];
  readonly silentPacks?: readonly string[];
}

/** The machine as an engine that starts on it finds it; what was found before lies in its settings folder. */
function machine({ runtime = 'ONNX Runtime 1', absent = [], wrongPacks = [], silentPacks = [] }: MachineOptions = {}) {
  const entry = join(folder, 'runner.mjs');
  const tries = join(folder, 'tries');
  writeFileSync(
    entry,
    `import { appendFileSync, writeSync } from 'node:fs';
    import { Socket } from 'node:net';
    const judge = (device, packFolder) => {
      const passedOver = (fault) => ({ kind: 'passed-over', device, fault });
      if (${JSON.stringify(absent)}.includes(device)) return passedOver({ kind: 'absent', said: 'no adapter' });
      if (${JSON.stringify(wrongPacks)}.includes(packFolder)) return passedOver({ kind: 'wrong', during: 'pack', error: 0.2 });
      if (${JSON.stringify(silentPacks)}.includes(packFolder)) return passedOver({ kind: 'silent', during: 'pack', seconds: 60 });
      return { kind: 'trusted', device, timesFaster: 2 };
    };
    new Socket({ fd: 3 }).on('data', (bytes) => {
      const { kind, job, device, packFolder } = JSON.parse(bytes.subarray(5));
      if (device) appendFileSync(${JSON.stringify(tries)}, [device, packFolder].join(' ').trim() + '\\n');
      const answer = kind === 'introduce'
        ? { kind: 'introduction', job, runtime: ${JSON.stringify(runtime)}, threads: 1, devices: ['cuda', 'webgpu', 'cpu'] }
        : { kind: 'device-tried', job, verdict: judge(device, packFolder) };
      const text = Buffer.from(JSON.stringify(answer));
      const head = Buffer.alloc(5);
      head.writeUInt32LE(text.length);
      writeSync(4, Buffer.concat([head, text]));
    });`,
  );
  let [choice, drivers, minute] = ['auto' as DeviceChoice, 'driver 1', 0];
  return {
    devices: openDevices({
      program: { entry, log: () => {} },
      book: openDeviceBook(folder),
      choice: () => choice,
      driverMark: async () => drivers,
      log: pino({ level: 'silent' }),
      now: () => new Date(Date.UTC(2026, 10, 21, 23, minute++)),
    }),
    choose: (next: DeviceChoice) => {
      choice = next;
    },
    setDrivers: (next: string) => {
      drivers = next;
    },
    /** What was tried since this was last asked. */
    tries: () => {
      const text = existsSync(tries) ? readFileSync(tries, 'utf8') : '';
      rmSync(tries, { force: true });
      return text.split('\n').filter((line) => line !== '');
    },
  };
}

/** A pack as far as devices are asked about: what each of its networks was made for, and its one file. */
function packFor(networks: readonly (readonly string[])[], { folder = 'pack', sha256 = 'a' } = {}) {
  const components = networks.map((providers, index) => [`network${index}`, { providers }]);
  const manifest = {
    id: folder,
    components: Object.fromEntries(components),
    files: [{ path: 'weights', bytes: 1, sha256 }],
  };
  return { folder, manifest: manifest as unknown as PackManifest };
}

const onBoth = packFor([['cuda', 'webgpu', 'cpu']]);
const on = (device: string) => ({ kind: 'device', device });

test('a pack made for the processor alone waits for no trial', async () => {
  const { devices, tries } = machine();
  expect(await devices.placeFor(packFor([['cpu'], ['webgpu', 'cpu']]))).toEqual(on('cpu'));
  expect(tries()).toEqual([]);
});

test('a shot runs on the first device that all of its pack was made for, by itself and with its networks tried', async () => {
  const { devices, tries } = machine();
  const half = packFor(
    [
      ['cuda', 'webgpu', 'cpu'],
      ['webgpu', 'cpu'],
    ],
    { folder: 'half' },
  );
  expect(await devices.placeFor(half)).toEqual(on('webgpu'));
  expect(tries()).toEqual(['cuda', 'webgpu', 'cpu', 'webgpu half']);
  expect(await devices.placeFor(onBoth)).toEqual(on('cuda'));
  expect(await devices.placeFor(half)).toEqual(on('webgpu'));
  expect(tries()).toEqual(['cuda pack']);
});

test('a device that gets the networks of a pack wrong is not used for that one, and is for others', async () => {
  const { devices } = machine({ wrongPacks: ['odd'] });
  const odd = packFor([['cuda', 'cpu']], { folder: 'odd', sha256: 'o' });
  expect(await devices.placeFor(odd)).toEqual(on('cpu'));
  expect(await devices.faultOf(odd, 'cuda')).toEqual({ kind: 'wrong', during: 'pack', error: 0.2 });
  expect(await devices.placeFor(onBoth)).toEqual(on('cuda'));
});

test('what was found holds from one start to the next, and says when it was found', async () => {
  await machine().devices.placeFor(onBoth);
  const next = machine();
  next.tries();
  const tried = await next.devices.tried();
  expect(await next.devices.placeFor(onBoth)).toEqual(on('cuda'));
  expect(tried.map(({ verdict, foundAt }) => `${verdict.device} ${foundAt}`)).toEqual([
    'cuda 2026-11-21T23:00:00.000Z',
    'webgpu 2026-11-21T23:01:00.000Z',
    'cpu 2026-11-21T23:02:00.000Z',
  ]);
  expect(next.tries()).toEqual([]);
});

test('another driver or another runtime has everything tried anew, other weights their pack', async () => {
  const everything = ['cuda', 'webgpu', 'cpu', 'cuda pack'];
  const first = machine();
  await first.devices.placeFor(onBoth);
  expect(first.tries()).toEqual(everything);
  const driven = machine();
  driven.setDrivers('driver 2');
  await driven.devices.placeFor(onBoth);
  expect(driven.tries()).toEqual(everything);
  const renewed = machine({ runtime: 'ONNX Runtime 2' });
  renewed.setDrivers('driver 2');
  await renewed.devices.placeFor(onBoth);
  expect(renewed.tries()).toEqual(everything);
  await renewed.devices.placeFor(packFor([['cuda', 'webgpu', 'cpu']], { sha256: 'b' }));
  expect(renewed.tries()).toEqual(['cuda pack']);
});

test('everything is tried again on request', async () => {
  const { devices, tries } = machine();
  await devices.placeFor(onBoth);
  devices.distrust('cuda', 'signal SIGSEGV');
  tries();
  const again = await devices.tryAgain();
  expect(again.map(({ foundAt }) => foundAt.slice(14, 16))).toEqual(['04', '05', '06']);
  expect(await devices.placeFor(onBoth)).toEqual(on('cuda'));
  expect(tries()).toEqual(['cuda', 'webgpu', 'cpu', 'cuda pack']);
});

test('a device that was not there is looked for at each start: its library may have come', async () => {
  const without = machine({ absent: ['cuda'] });
  await without.devices.tried();
  without.tries();
  const next = machine();
  expect((await next.devices.tried())[0]).toMatchObject({ verdict: { kind: 'trusted', device: 'cuda' } });
  expect(next.tries()).toEqual(['cuda']);
});

test('a pack that gave no answer in time is not tried at every shot, and is at the next start or on request', async () => {
  const busy = machine({ silentPacks: ['pack'] });
  expect(await busy.devices.placeFor(onBoth)).toEqual(on('cpu'));
  busy.tries();
  expect(await busy.devices.placeFor(onBoth)).toEqual(on('cpu'));
  expect(busy.tries()).toEqual([]);
  await busy.devices.tryAgain();
  expect(await busy.devices.placeFor(onBoth)).toEqual(on('cpu'));
  expect(busy.tries()).toEqual(['cuda', 'webgpu', 'cpu', 'cuda pack', 'webgpu pack']);
  const quiet = machine();
  expect(await quiet.devices.placeFor(onBoth)).toEqual(on('cuda'));
  expect(quiet.tries()).toEqual(['cuda pack']);
});

test('the chosen device is used where the pack was made for it, and no other in its place', async () => {
  const { devices, choose } = machine({ absent: ['webgpu'] });
  const absent: DeviceFault = { kind: 'absent', said: 'no adapter' };
  choose('cpu');
  expect(await devices.placeFor(onBoth)).toEqual(on('cpu'));
  choose('webgpu');
  expect(await devices.placeFor(onBoth)).toEqual({ kind: 'nowhere', device: 'webgpu', fault: absent });
  expect(await devices.placeFor(packFor([['cpu']]))).toEqual(on('cpu')); // there is nothing to choose
  choose('auto');
  expect(await devices.placeFor(onBoth)).toEqual(on('cuda'));
  expect(await devices.placeFor(packFor([['webgpu']]))).toEqual({ kind: 'nowhere', device: 'webgpu', fault: absent });
});

test('a device whose process died over a shot is passed over from then on, unless it was chosen; the processor never', async () => {
  const { devices, choose } = machine();
  devices.distrust('cuda', 'signal SIGSEGV');
  devices.distrust('cpu', 'signal SIGKILL');
  expect(await devices.placeFor(onBoth)).toEqual(on('webgpu'));
  expect((await devices.tried()).map(({ verdict }) => verdict)).toMatchObject([
    { kind: 'passed-over', device: 'cuda', fault: { kind: 'crashed', during: 'shot', how: 'signal SIGSEGV' } },
    { kind: 'trusted', device: 'webgpu' },
    { kind: 'trusted', device: 'cpu' },
  ]);
  choose('cuda');
  expect(await devices.placeFor(onBoth)).toEqual(on('cuda'));
});

test('where no runner starts nothing is known, and the next time it is asked again', async () => {
  const { devices, tries } = machine();
  rmSync(join(folder, 'runner.mjs'));
  expect(await devices.tried()).toEqual([]);
  machine(); // it is put back
  expect(await devices.tried()).toHaveLength(3);
  expect(tries()).toEqual(['cuda', 'webgpu', 'cpu']);
});
