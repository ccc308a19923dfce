import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArchive } from '../../build/packaging/archive.ts';
import { readFuses } from '../../build/packaging/fuse-wire.ts';
import { filesIn } from '../../build/packaging/shipped-files.ts';
import { makeStandInElectron } from '../../build/packaging/stand-in-electron.ts';
import { layoutOf, type Target } from '../../build/packaging/target.ts';
import { verifyPackage } from '../../build/packaging/verify-package.ts';

// The package, built for real by electron-builder over a folder of the shape of Electron's own download: what is in it,
// and that it works. FFmpeg is this machine's, so this one would run here alone.

const root = join(import.meta.dirname, '../..');
const parent = mkdtempSync(join(tmpdir(), "shotloom 包 'k' "));
const output = join(parent, 'out');
const ffmpeg = process.env.FFMPEG_BIN ?? '/usr/bin/ffmpeg';
const here: Target = { platform: 'linux', arch: process.arch === 'arm64' ? 'arm64' : 'x64' };
const windows: Target = { platform: 'win32', arch: 'x64' };

afterAll(() => rmSync(parent, { recursive: true, force: true }));

const folderOf = (target: Target) => join(output, layoutOf(target).folder);
const electronOf = ({ platform }: Target) => join(parent, `electron-${platform}`);
const look = (target: Target) =>
  verifyPackage({ root, target, folder: folderOf(target), electron: electronOf(target) }).faults;

/** Runs `npm run package` up to the folder that installers would install. */
function packFor(target: Target) {
  makeStandInElectron(electronOf(target), target.platform === 'win32' ? 'win32' : 'linux');
  const programs = ['--node', process.execPath, '--ffmpeg', ffmpeg];
  const args = ['--folder', '--for', `${target.platform}-${target.arch}`, '--out', output, ...programs];
  const program = join(root, 'build/package.ts');
  const { VITEST: _, ...env } = process.env; // under Vitest electron-builder would link the checkout's files, not copy them
  const run = spawnSync(process.execPath, [program, ...args, '--electron', electronOf(target)], {
    env,
    encoding: 'utf8',
  });
  return { status: run.status, said: run.stdout + run.stderr };
}

describe.runIf(process.platform === 'linux')('packed for this machine', () => {
  let packed: ReturnType<typeof packFor>;
  beforeAll(() => {
    packed = packFor(here);
  });
  const resources = () => join(folderOf(here), layoutOf(here).resources);

  test('it holds exactly the files that belong there, all of them named in NOTICE, and says how large it is', () => {
    expect(packed.said).toContain('Every file is one that should be there.');
    expect(packed.status).toBe(0);
    expect(packed.said).toMatch(/\d+\.\d MB {2}together/);
  });

  test('of other systems it holds nothing, of languages English and Chinese', () => {
    const files = filesIn(folderOf(here));
    expect(files.filter((path) => /win32|darwin|\.dll$|\.exe$|\.dylib$/.test(path))).toEqual([]);
    expect(files.filter((path) => path.startsWith('locales/'))).toEqual(['locales/en-US.pak', 'locales/zh-CN.pak']);
    expect(files.filter((path) => /\.(map|ts|tsx)$|\.test\./.test(path))).toEqual([]);
  });

  test('the archive holds the desktop shell and its window, and no module of npm', () => {
    const paths = [...readArchive(join(resources(), 'app.asar')).keys()];
    expect(paths).toContain('dist/desktop/preload.cjs');
    expect(paths.filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  test('fuses: no Node, no inspector, the archive alone', () => {
    expect(readFuses(join(electronOf(here), 'electron'))).toMatchObject({
      runAsNode: true,
      onlyLoadAppFromAsar: false,
    });
    expect(readFuses(join(folderOf(here), layoutOf(here).program))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      wasmTrapHandlers: true,
    });
  });

  test('its command line finds everything it needs in the package, and makes a shot', () => {
    const home = join(parent, 'home');
    const env = { PATH: '/usr/bin:/bin', SHOTLOOM_HOME: home }; // no Node, and no FFMPEG_BIN
    const shotloom = (...args: string[]) => {
      const run = spawnSync(join(resources(), 'shotloom/bin/shotloom'), [...args, '--json'], { env, encoding: 'utf8' });
      expect(run.status, run.stderr).toBe(0);
      return JSON.parse(run.stdout);
    };
    const { findings } = shotloom('doctor') as { findings: { name: string; detail: string }[] };
    const detail = (name: string) => findings.find((finding) => finding.name === name)?.detail;
    expect(detail('ffmpeg')).toBe(join(resources(), 'shotloom/node_modules/ffmpeg-static/ffmpeg'));
    expect(detail('runner')).toMatch(/^ONNX Runtime \d/);
    expect(detail('pack')).toMatch(/^Loom Mini/);

    mkdirSync(home, { recursive: true });
    const boat = join(home, 'boat.mp4');
    const made = shotloom('generate', '--prompt', 'a red boat', '--seed', '7', '--steps', '1', '--out', boat);
    expect(made).toMatchObject({ path: boat, request: { packId: 'loom-mini' }, frameCount: 17 });
  });

  test.runIf(here.arch === process.arch)('its shell opens a window on an engine that runs on its own Node', () => {
    const shell = join(parent, 'shell');
    for (const [path, content] of readArchive(join(resources(), 'app.asar'))) {
      mkdirSync(dirname(join(shell, path)), { recursive: true });
      writeFileSync(join(shell, path), content);
    }
    const session = join(root, 'test/process/desktop-shell.ts');
    const run = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', session, join(shell, 'dist/desktop/main.mjs'), resources()],
      { env: { PATH: '/usr/bin:/bin', SHOTLOOM_HOME: join(parent, 'shell-home') }, encoding: 'utf8' },
    );
    expect(run.stdout, run.stderr).toContain('{');
    expect(JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      engineNodes: [join(resources(), 'shotloom/node/bin/node')],
      window: true,
      isNewEngine: true,
      listening: [],
      left: 0,
    });
  });

  test('whatever is wrong with a package is found', () => {
    expect(look(here)).toEqual([]);
    const at = (path: string) => join(resources(), path);
    const foreign = at('shotloom/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll');
    mkdirSync(dirname(foreign), { recursive: true });
    writeFileSync(foreign, 'foreign');
    rmSync(at('licences/node.txt'));
    writeFileSync(at('licences/node.txt'), '');
    writeFileSync(at('NOTICE'), readFileSync(at('NOTICE'), 'utf8').replace('FFmpeg', 'somebody'));
    writeFileSync(join(folderOf(here), 'locales/de.pak'), '');
    copyFileSync(join(electronOf(here), 'electron'), join(folderOf(here), layoutOf(here).program));
    const archive = readFileSync(at('app.asar'));
    archive.writeUInt8((archive.at(-1) ?? 0) ^ 1, archive.length - 1);
    writeFileSync(at('app.asar'), archive);
    const faults = look(here).join('\n');
    for (const words of [
      'onnxruntime.dll does not belong there',
      'the text for Node.js is empty',
      'FFmpeg is not named',
      'de.pak does not belong there',
      'fuse runAsNode is true, not false',
      'is not what its table says',
    ]) {
      expect(faults).toContain(words);
    }
  });
});

test('for another system it is not packed with the programs of this one', () => {
  const run = spawnSync(process.execPath, [join(root, 'build/package.ts'), '--for', 'win32-arm64'], {
    encoding: 'utf8',
  });
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('--node and --ffmpeg must name')]);
});

test.runIf(process.platform === 'linux')('packed for Windows, it holds the programs of Windows and no others', () => {
  const { said, status } = packFor(windows); // its Node and FFmpeg are this machine's: only which files go in is asked
  expect(said).toContain('Every file is one that should be there.');
  expect(status).toBe(0);
  const files = filesIn(folderOf(windows));
  expect(files.filter((path) => /\.so|\.dylib$|napi-v6\/(linux|darwin)|bin\/node$/.test(path))).toEqual([]);
  expect(files.filter((path) => path.includes('napi-v6')).map((path) => path.split('/').at(-1))).toEqual(
    ['DirectML.dll', 'dxcompiler.dll', 'dxil.dll', 'onnxruntime.dll', 'onnxruntime_binding.node'].sort(),
  );
});
