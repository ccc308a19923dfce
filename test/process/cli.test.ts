import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFfmpeg } from '../../engine/media/ffmpeg/find-ffmpeg.ts';
import { createProject, startEngine, testHome } from './running-engine.ts';

// The command line as scripts meet it: exit codes, one JSON object on standard output, sentences on standard error.

const entry = join(import.meta.dirname, '../../dist/node/cli.mjs');
// Nothing here waits for a time; a test that starts five programs took 30 s on a machine with other work to do.
let home: ReturnType<typeof testHome>;
beforeAll(() => {
  home = testHome();
});
afterAll(() => home.remove());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function shotloom(...args: string[]): Promise<Ended> {
  return shotloomWith({}, ...args);
}

function shotloomWith(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    env: { ...process.env, SHOTLOOM_HOME: home.home, LANG: 'C', ...env },
    cwd: home.home,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

const clip = join(import.meta.dirname, '../fixtures/media/bbb_avc_bpyramid_sar64x45.mp4');

test('each command says what it takes, with examples', async () => {
  const overview = await shotloom('--help');
  expect(overview.code).toBe(0);
  const names = ['doctor', 'new', 'add', 'generate', 'export', 'probe', 'serve'];
  const helps = await Promise.all(names.map((name) => shotloom(name, '--help')));
  for (const [index, help] of helps.entries()) {
    expect(overview.stdout).toContain(names[index]);
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/Usage: shotloom [\s\S]+--json[\s\S]+Examples:\n {2}shotloom /);
    const writesFilms = names[index] === 'export' || names[index] === 'generate';
    const told = [/--force +replace the file/, /FILE\.provenance\.json/, /in a folder that is there/];
    for (const words of told) expect(words.test(help.stdout), `${names[index]} ${words}`).toBe(writesFilms);
  }
});

test('a command typed wrongly ends with 2 and the usage', async () => {
  const wrong = [
    ['fly'],
    ['new'],
    ['new', 'x', '--size', '7'],
    ['export', 'x'],
    ['export', 'x', '--out', 'film.avi'],
    ['probe'],
    ['new', 'x', '--colour', 'red'],
    ['generate', '--prompt', 'a red car', '--out', 'shot.gif'],
    ['serve', '--colour', 'red'],
    ['serve', '--port', 'x'],
    ['serve', '--origin', 'not a url'],
    [],
  ];
  const ended = await Promise.all(wrong.map((args) => shotloom(...args)));
  for (const [index, { code, stdout, stderr }] of ended.entries()) {
    const typed = wrong[index]?.join(' ');
    expect([typed, code, stdout]).toEqual([typed, 2, '']);
    expect(stderr).toContain('Usage: shotloom');
  }
});

test('a command that cannot be done ends with 1 and a sentence', async () => {
  const missing = await shotloom('export', 'nowhere', '--out', 'film.mp4', '--json');
  expect(missing.code).toBe(1);
  expect(missing.stderr).toMatch(/^There is no Shotloom project in .+\. Choose the folder that holds film\.json\.\n$/);
  expect(JSON.parse(missing.stdout)).toMatchObject({ failure: { code: 'not-a-project' } });
  const unreadable = await shotloom('probe', entry);
  expect([unreadable.code, unreadable.stdout]).toEqual([1, '']);
});

test('a pack of a kind this version does not run is told as that, not as missing', async () => {
  const other = { SHOTLOOM_HOME: join(home.home, 'other') };
  const folder = join(other.SHOTLOOM_HOME, 'packs', 'big-one');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pack.json'), JSON.stringify({ format: 'shotloom-pack/1', id: 'big-one', family: 'wan' }));
  const asked = await shotloomWith(other, ...['generate', '--prompt', 'fog', '--pack', 'big-one', '--out', 'fog.mp4']);
  expect([asked.code, asked.stdout]).toEqual([1, '']);
  expect(asked.stderr).toMatch(
    /^The model pack big-one holds a wan model, which this version of Shotloom does not run/,
  );
});

test('what the machine lacks is said in words, in the language of the shell, and ends with 1', async () => {
  const without = { FFMPEG_BIN: '/nowhere/ffmpeg' };
  const doctor = await shotloomWith(without, 'doctor', '--json');
  expect(doctor.code).toBe(1);
  const { isWell, findings } = JSON.parse(doctor.stdout);
  const broken = findings.filter((finding: { standing: string }) => finding.standing === 'broken');
  expect([isWell, broken.map((finding: { name: string }) => finding.name)]).toEqual([false, ['ffmpeg']]);
  const detail = expect.stringMatching(/^Processor: computes right, found [\d-]+T[\d:]+Z$/);
  expect(findings).toContainEqual({ name: 'device', standing: 'well', detail });
  expect(findings).toContainEqual({ name: 'shots', standing: 'well', detail: 'Loom Mini runs on Processor' });
  expect(doctor.stderr).toMatch(/^ffmpeg: ffmpeg cannot be run: .+\n$/);
  const chosen = join(home.home, 'a big disk');
  mkdirSync(chosen);
  writeFileSync(join(home.home, 'settings', 'settings.json'), JSON.stringify({ version: 1, cacheFolder: chosen }));
  const whole = await shotloom('doctor');
  expect([whole.code, whole.stderr]).toEqual([0, '']);
  expect(whole.stdout).toMatch(/^✓ runner +ONNX Runtime [\d.]+, \d+ threads?$/m);
  expect(whole.stdout).toMatch(/^✓ cache +.+\/a big disk\/Shotloom cache$/m);
  expect(whole.stdout).toMatch(/^✓ device +Processor: computes right, found .+$/m);
  const generate = await shotloomWith(
    { ...without, LANG: 'zh_CN.UTF-8' },
    'generate',
    '--prompt',
    '红',
    '--out',
    'a.mp4',
  );
  expect([generate.code, generate.stdout]).toEqual([1, '']);
  expect(generate.stderr).toContain('无法运行 ffmpeg');
});

test('a shot that could not be written is refused before it is made', async () => {
  mkdirSync(join(home.home, 'taken.mp4'));
  const ended = await shotloom('generate', '--prompt', 'a red car', '--out', 'taken.mp4', '--json');
  expect([ended.code, ended.stderr]).toEqual([1, expect.stringMatching(/^Shotloom may not write .+taken\.mp4\./)]);
  expect(JSON.parse(ended.stdout)).toMatchObject({ failure: { code: 'not-writable' } });
  const lost = await shotloom('generate', '--prompt', 'a red car', '--out', 'mistyped/shot.mp4');
  expect([lost.code, lost.stderr]).toEqual([
    1,
    expect.stringMatching(/^There is no folder .+mistyped\. Make it first/),
  ]);
});

test('the editor is served to scripts too: its address is an object, and SIGTERM ends it; the next one is where it was', async () => {
  const [first, second] = [await servedOnce(), await servedOnce()];
  expect(first.page).toContain('Open it with the link');
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(second.address.host).toBe(first.address.host);
  expect(second.address.search).not.toBe(first.address.search);
});

async function servedOnce() {
  const child = spawn(process.execPath, [entry, 'serve', '--json'], {
    env: { ...process.env, SHOTLOOM_HOME: home.home },
    cwd: home.home,
  });
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
  const address = new URL((JSON.parse(line) as { address: string }).address);
  const page = await (await fetch(new URL('/', address))).text();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  return { address, page, code: await ended };
}

test('a film is made, cut together and exported without a window', async () => {
  const made = await shotloom('new', '短片 one', '--size', '320x180', '--rate', '29.97', '--json');
  if (made.code !== 0) throw new Error(made.stderr);
  expect(JSON.parse(made.stdout)).toMatchObject({ widthPx: 320, rate: { num: 30000, den: 1001 } });
  const shot = await shotloom(
    'generate',
    '--prompt',
    'a red car moves left',
    '--pack',
    'tiny-loom',
    '--aspect',
    '3:2',
    '--seed',
    '3',
    '--out',
    'shot.mkv',
    '--json',
  );
  expect(JSON.parse(shot.stdout)).toMatchObject({ seed: 3, frameCount: 9 });
  const added = await shotloom('add', '短片 one', 'shot.mkv', clip, '--json');
  expect(JSON.parse(added.stdout).added).toHaveLength(2);
  const exported = await shotloom('export', '短片 one', '--out', '短片.mp4', '--preset', 'veryfast', '--json');
  expect(exported.code).toBe(0);
  expect(JSON.parse(exported.stdout)).toEqual({ path: join(home.home, '短片.mp4') });
  expect(exported.stderr).toMatch(/encoding frame \d+ of \d+/);

  const kept = readFileSync(join(home.home, '短片.mp4'));
  const [again, shotAgain] = [
    await shotloom('export', '短片 one', '--out', '短片.mp4'),
    await shotloom('generate', '--prompt', 'a red car', '--pack', 'tiny-loom', '--aspect', '3:2', '--out', 'shot.mkv'),
  ];
  expect([again.code, shotAgain.code]).toEqual([1, 1]);
  expect(again.stderr).toMatch(/^短片\.mp4 is there already \(.+\)\. Nothing was replaced\. Choose .+--force/);
  expect(shotAgain.stderr).toMatch(/^shot\.mkv is there already/);
  expect(readFileSync(join(home.home, '短片.mp4')).equals(kept)).toBe(true);
  const crf = ['--crf', '40', '--preset', 'veryfast', '--force'];
  expect((await shotloom('export', '短片 one', '--out', '短片.mp4', ...crf)).code).toBe(0);
  expect(readFileSync(join(home.home, '短片.mp4')).equals(kept)).toBe(false);

  const probed = JSON.parse((await shotloom('probe', '短片.mp4', '--json')).stdout);
  expect(probed.files[0].picture).toMatchObject({ widthPx: 320, heightPx: 180, rate: { num: 30000, den: 1001 } });
});

test('the same seed writes the very same frames', async () => {
  const make = async (name: string) => {
    await shotloom(
      'generate',
      '--prompt',
      '一辆红色的小汽车向左移动',
      '--pack',
      'tiny-loom',
      '--aspect',
      '3:2',
      '--seed',
      '11',
      '--out',
      name,
    );
    return readFileSync(join(home.home, name)).subarray(-20_000);
  };
  expect((await make('one.mkv')).equals(await make('two.mkv'))).toBe(true);
});

test('a project that is open elsewhere is exported by the engine that has it, and not changed behind its back', async () => {
  const engine = await startEngine(home.home);
  try {
    await createProject(engine, join(home.home, 'open one'));
    const added = await shotloom('add', 'open one', clip);
    expect([added.code, added.stderr]).toEqual([
      1,
      'Another window is editing this project. Take over to edit here.\n',
    ]);
    const empty = await shotloom('export', 'open one', '--out', 'open.mp4');
    expect([empty.code, existsSync(join(home.home, 'open.mp4'))]).toEqual([1, false]);
    expect(empty.stderr).toContain('There is nothing on the timeline');
  } finally {
    await engine.stop();
  }
});

test('where ffmpeg is and ffprobe is not, footage of every kind comes in and the film goes out', async () => {
  const bin = join(home.home, 'bin');
  mkdirSync(bin);
  symlinkSync(findFfmpeg(), join(bin, 'ffmpeg'));
  const onlyFfmpeg = { PATH: bin, FFMPEG_BIN: '' };
  expect(spawnSync('ffprobe', { env: onlyFfmpeg }).error).toMatchObject({ code: 'ENOENT' });
  const run = (...args: string[]) => shotloomWith(onlyFfmpeg, ...args);
  const media = join(import.meta.dirname, '../fixtures/media');
  const rushes = footage.map((name) => join(media, name));

  expect((await run('new', 'hidden', '--size', '320x180')).code).toBe(0);
  const probed = await run('probe', ...rushes, '--json');
  expect([probed.code, probed.stderr]).toEqual([0, '']);
  expect(JSON.parse(probed.stdout).files).toHaveLength(rushes.length);
  const added = await run('add', 'hidden', ...rushes, '--json');
  expect([added.code, JSON.parse(added.stdout).added?.length]).toEqual([0, rushes.length]);
  const exported = await run('export', 'hidden', '--out', 'hidden.mp4', '--preset', 'veryfast', '--json');
  expect([exported.code, exported.stdout]).toEqual([0, `${JSON.stringify({ path: join(home.home, 'hidden.mp4') })}\n`]);
});

/** Such as our own demuxer reads, and such as only ffmpeg does: picture, sound, times that are not even. */
const footage = [
  ...['h265_bframes.mp4', 'editlist_video_starts_1s_late.mp4', 'h263_15fps.3gp'],
  ...['embedded_srt.mkv', 'vp9_odd_161x121.webm', 'audio_opus_5_1.mka'],
];
