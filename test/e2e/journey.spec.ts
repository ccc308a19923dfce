import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { boxOf } from './editor.ts';
import { readExportedFilm } from './exported-film.ts';
import { dropped, footage, sound, still } from './rushes.ts';

// One line of life through everything: the built window in a browser, real mouse and keyboard, the real host, engine,
// runner and ffmpeg behind it. A project opens at 30 pixels a second: a pixel is 0.8 frames.

/** While the film plays, asking seldom would let it run past. */
const often = { intervals: [50] };

const shot = 'a red boat drifts past the moon at night';

test('a described shot and a few rushes become a film, which opens again as it was', async ({ app }) => {
  const { editor } = app;
  const { keyboard, mouse } = editor.page;

  await test.step('a shot is described, and seen on the timeline and in the bin while it is made', async () => {
    await editor.newProject();
    await editor.useTinyPack(40);
    await editor.describe(`${shot}, octane`);
    await expect(editor.marked('known')).toContainText(['a', 'red', 'boat']);
    await expect(editor.marked('ignored')).toHaveText(['octane']);
    const said = await editor.noteWhatIsSaid({
      clip: '[role=gridcell].grid-clip',
      card: '[data-testid="edit.bin"] [role=option]',
      panel: '[data-testid="edit.inspector.running"]',
      viewer: '.viewer-tags',
      queue: '[data-testid="title.queue"]',
    });
    await editor.at('edit.inspector.generate').click();
    await expect(editor.clips(shot)).toHaveAttribute('aria-busy', 'true');
    await expect(editor.clips(shot)).toHaveAccessibleName(/generated, starts 0 frames, lasts 18 frames$/);
    await expect(editor.at('title.queue')).toHaveText('Queue empty');
    const { clip, card, panel, viewer, queue } = await said();
    for (const place of [clip, panel, viewer]) expect(place).toContainEqual(expect.stringMatching(/Step \d+ of 40/));
    expect(clip).toContainEqual(expect.stringMatching(/Step \d+ of 40, [1-9]\d*%/));
    expect(card).toContainEqual(expect.stringMatching(/Step \d+\d+%$/));
    expect(panel).toContainEqual(expect.stringMatching(/\d:\d\d left/));
    expect(queue).toContainEqual(expect.stringMatching(/^1 job/));
  });

  await test.step('footage, sound and a still come in, and are seen and heard on the timeline', async () => {
    await editor.import(footage.name, sound.name, still.name);
    await editor.take(sound.name).click();
    await expect(editor.at('edit.bin.waveform')).toBeVisible();
    await expect(editor.at('title.queue')).toHaveText('Queue empty');
    await editor.dragToTrack(footage.name, 'V1', 27, { hold: true });
    await expect(editor.at('edit.timeline.drag-label')).toHaveText(/ at 00:00:00:18$/); // pulled to the shot's end
    await mouse.up();
    expect(await editor.track('V1')).toEqual([
      expect.stringMatching(/generated, starts 0 frames, lasts 18 frames$/),
      `${footage.name}, starts 18 frames, lasts 8 seconds`,
    ]);
    await expect.poll(() => editor.coloursOn(editor.clip(footage.name, 'V1'))).toBeGreaterThan(100);
    await expect.poll(() => editor.coloursOn(editor.clip(footage.name, 'A1'))).toBeGreaterThan(20);
  });

  await test.step('files dropped from a file manager come into the bin, or lie where they were let go', async () => {
    const rushes = join(app.home, 'Rushes');
    await editor.dropFile(join(rushes, dropped.onBin), editor.at('edit.bin'), { x: 100, y: 480 });
    await expect(editor.take(dropped.onBin)).toBeVisible();
    await editor.take(still.name).click();
    await editor.dropFile(join(rushes, dropped.onBin), editor.at('edit.bin'), { x: 100, y: 480 });
    await expect(editor.take(dropped.onBin)).toHaveAttribute('aria-selected', 'true'); // once more: the take it was
    await expect(editor.take(dropped.onBin)).toHaveCount(1);
    const [lanes, v2] = [await boxOf(editor.at('edit.timeline.lanes')), await editor.lane('V2')];
    const onV2 = { x: 60, y: v2.y - lanes.y + v2.height / 2 };
    await editor.dropFile(join(rushes, dropped.onTrack), editor.at('edit.timeline.lanes'), onV2);
    await expect(editor.clip(dropped.onTrack, 'V2')).toHaveAccessibleName(/starts 2 seconds, lasts 4 seconds$/);
    await keyboard.press('Control+z');
    expect(await editor.track('V2')).toEqual([]);
  });

  await test.step('it is played, and every frame is the one the cut names', async () => {
    await editor.goTo(18);
    await expect.poll(() => editor.numberShown()).toBe(0);
    await keyboard.press('Space');
    await expect.poll(() => editor.playhead(), often).toBeGreaterThan(20);
    await expect.poll(() => editor.numberShown(), often).toBeGreaterThan(0);
    await keyboard.press('Space');
    await expect.poll(() => editor.shownAgainst(18)).toBe(0);

    await editor.goTo(20);
    await keyboard.press('l');
    await expect.poll(() => editor.playhead(), often).toBeGreaterThan(30);
    await keyboard.press('k');
    const stopped = await editor.playhead();
    await keyboard.press('j');
    await expect.poll(() => editor.playhead(), often).toBeLessThan(stopped);
    await keyboard.press('k');

    const ruler = await boxOf(editor.at('edit.timeline.ruler'));
    await mouse.move(ruler.x + 30, ruler.y + 10);
    await mouse.down();
    for (const x of [40, 70, 50, 75]) {
      await mouse.move(ruler.x + x, ruler.y + 10, { steps: 5 });
      await expect.poll(() => editor.shownAgainst(18)).toBe(0);
    }
    await mouse.up();
    expect(await editor.playhead()).toBe(60);
  });

  await test.step('it is cut: trimmed, split, rippled, undone and done again', async () => {
    await editor.drag(editor.clip(footage.name, 'V1'), { x: -120 }, { at: 0.99, hold: true });
    await expect(editor.at('edit.timeline.drag-label')).toHaveText('−00:04:00');
    await mouse.up();
    await editor.dragToTrack(still.name, 'V1', 146);
    await editor.dragToTrack(sound.name, 'A2', 3);
    expect(await editor.film()).toEqual([
      [],
      [
        expect.stringMatching(/generated/),
        `${footage.name}, starts 18 frames, lasts 4 seconds`,
        `${still.name}, starts 4 seconds 18 frames, lasts 4 seconds`,
      ],
      [`${footage.name}, starts 18 frames, lasts 4 seconds`],
      [`${sound.name}, starts 0 frames, lasts 4 seconds`],
    ]);

    await editor.goTo(66);
    await keyboard.press('Control+k');
    await editor.clips(footage.name).nth(1).click();
    await keyboard.press('Delete');
    await expect(editor.page.getByRole('gridcell', { name: 'Gap, 2 seconds' })).toHaveCount(1);
    await keyboard.press('Control+z');
    await editor.clips(footage.name).nth(1).click();
    await keyboard.press('Shift+Delete');
    const cut = await editor.film();
    expect(cut[1]).toEqual([
      expect.stringMatching(/generated/),
      `${footage.name}, starts 18 frames, lasts 2 seconds`,
      `${still.name}, starts 2 seconds 18 frames, lasts 4 seconds`,
    ]);
    await keyboard.press('Control+z');
    await keyboard.press('Control+z');
    expect((await editor.film())[2]).toEqual([`${footage.name}, starts 18 frames, lasts 4 seconds`]);
    await keyboard.press('Control+Shift+z');
    await keyboard.press('Control+Shift+z');
    expect(await editor.film()).toEqual(cut);
    await editor.saved();
  });

  await test.step('it is exported: every frame, in colours and an order that players expect', async () => {
    await editor.at('title.export').click();
    await editor.choose('export.speed', 'Fast');
    await expect(editor.at('export.frames')).toHaveText(/^162 frames/);
    await editor.chooseExportFile('Cut one');
    const path = (await editor.at('export.path').textContent()) ?? '';
    expect(path).toMatch(/Cut one\.mp4$/);
    await editor.at('export.start').click();
    await editor.at('title.queue').click();
    await expect(editor.at('queue')).toContainText(/Frame \d+ of 162/);
    await expect(editor.page.getByText('Cut one.mp4 is exported')).toBeVisible({ timeout: 90_000 });
    await keyboard.press('Escape');

    const film = await readExportedFilm(path);
    expect(film.frameCount).toBe(162);
    expect(film.soundSeconds).toBeCloseTo(162 / 24, 1);
    expect(film.media.picture).toMatchObject({ codec: 'h264', pixelFormat: 'yuv420p', timing: 'constant' });
    expect(film.media.picture?.colour).toEqual({
      ...{ matrix: 'bt709', range: 'limited', primaries: 'bt709', transfer: 'bt709' },
      isGuessed: false,
    });
    expect(film.media.sound).toMatchObject({ codec: 'aac', channelCount: 2, sampleRateHz: 48000 });
    expect(film.boxes.indexOf('moov')).toBeLessThan(film.boxes.indexOf('mdat'));
    expect(film.numbers.slice(18, 66)).toEqual(Array.from({ length: 48 }, (_, frame) => frame));
    const files = readdirSync(join(path, '..')).filter((name) => name.startsWith('Cut one'));
    expect(files.sort()).toEqual(['Cut one.mp4', 'Cut one.mp4.provenance.json']);
  });

  await test.step('closed and opened again, the project is as it was', async () => {
    const [film, bin] = [await editor.film(), await editor.bin()];
    await app.close();
    const folded = await app.filmOnDisk();
    await app.reopen();
    await editor.at('start.recent.Untitled').click();
    await expect.poll(() => editor.film()).toEqual(film);
    await expect.poll(() => editor.bin()).toEqual(bin);
    await app.close();
    expect(await app.filmOnDisk()).toEqual(folded);
  });
});

test('an engine killed amid a gesture and a runner amid a shot cost nothing, and the window says so', async ({
  app,
}) => {
  const { editor } = app;
  await editor.newFilmOf(still.name);
  await editor.useTinyPack(200);
  await editor.describe(shot);

  await test.step('the engine', async () => {
    await editor.at('edit.inspector.generate').click();
    await editor.untilSampling(shot);
    await editor.drag(editor.clip(still.name, 'V1'), { x: 0, y: -80 }, { hold: true });
    expect(app.kill('engine.mjs')).toBe(1);
    await expect(editor.at('edit.banner.lost')).toBeVisible();
    await editor.page.mouse.up();
    expect(await editor.track('V2')).toEqual([`${still.name}, starts 0 frames, lasts 4 seconds`]);
    await expect(editor.at('edit.banner.lost')).toBeHidden();
    await editor.saved();
    await expect(editor.clips(shot)).toHaveAccessibleName(/generated/);
  });

  await test.step('the runner', async () => {
    await editor.clips(shot).click();
    await editor.page.keyboard.press('Delete');
    await editor.at('edit.inspector.tab.generate').click();
    await editor.at('edit.inspector.generate').click();
    await editor.untilSampling(shot);
    expect(app.kill('runner.mjs')).toBe(1);
    await expect(editor.clips(shot)).toHaveAccessibleName(/generated/);
    await expect(editor.at('edit.banner.lost')).toBeHidden();
  });

  await test.step('opened again, the film is as it was left', async () => {
    const film = await editor.film();
    await editor.saved();
    await app.close();
    await app.reopen();
    await editor.at('start.recent.Untitled').click();
    await expect.poll(() => editor.film()).toEqual(film);
  });
});
