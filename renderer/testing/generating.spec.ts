import { expect, test } from './drive.ts';

const prompt = 'A red boat drifts past the moon at night, octane render';

test('from the start page a prompt becomes a project with its ghost running, and then a take', async ({ window }) => {
  await window.turn({ stepMs: 150 });
  await window.at('start.prompt').fill(prompt);
  await expect(window.page.locator('.mark-known').first()).toHaveText('red');
  await expect(window.page.locator('.mark-ignored').first()).toHaveText('octane');
  await window.at('start.generate').click();

  await expect(window.clips('A red boat')).toHaveAttribute('aria-busy', 'true');
  await expect(window.clips('A red boat')).toHaveAccessibleName(/Step \d+ of 20, \d+%/);
  await expect(window.at('edit.viewer.ghost')).toContainText('A red boat');
  await expect(window.at('title.queue')).toHaveText(/1 job/);
  await expect(window.at('edit.inspector.running')).toContainText('of 20');

  await window.turn({ stepMs: 0 });
  await expect(window.clips('A red boat')).toHaveAccessibleName(/generated, starts/);
  await expect(window.at('title.queue')).toHaveText('Queue empty');
  await expect(window.at('window.spoken')).toHaveText(/is ready/);
});

test('G asks for a prompt while there is none, and Mod Enter starts it behind the last shot', async ({ window }) => {
  await window.turn({ stepMs: 0 });
  await window.newProject();
  const { keyboard } = window.page;
  await keyboard.press('g');
  await expect(window.at('edit.inspector.prompt')).toBeFocused();
  await keyboard.type('a red boat');
  await keyboard.press('Control+Enter');
  await expect(window.clips('a red boat')).toHaveCount(1);
  await expect(window.page.getByText('Lands at the end of V1')).toBeVisible();
  await keyboard.press('Control+Enter');
  await expect(window.clips('a red boat')).toHaveCount(2);
  expect((await window.track('V1'))[1]).toMatch(/starts 2 seconds 2 frames/);
});

test('each project keeps its own prompt, and a new one begins on an empty page', async ({ window }) => {
  await window.turn({ stepMs: 0 });
  await window.at('start.prompt').fill('a red boat');
  await window.at('start.generate').click();
  await expect(window.at('edit.inspector.prompt')).toHaveValue('a red boat');
  await window.at('edit.inspector.prompt').fill('a red boat at night');
  await window.at('title.home').click();
  await expect(window.at('start.prompt')).toHaveValue('');
  await window.newProject();
  await expect(window.at('edit.inspector.prompt')).toHaveValue('');
  await window.at('edit.inspector.prompt').fill('the moon');
  await window.at('title.home').click();
  await window.at('start.recent.Untitled').first().click();
  await expect(window.at('edit.inspector.prompt')).toHaveValue('a red boat at night');
});

test('undo takes the ghost away and redo brings it back', async ({ window }) => {
  await window.turn({ stepMs: 300 });
  await window.at('start.prompt').fill(prompt);
  await window.at('start.generate').click();
  await expect(window.clips('A red boat')).toHaveCount(1);
  await window.at('title.undo').click();
  await expect(window.clips('A red boat')).toHaveCount(0);
  await window.at('title.redo').click();
  await expect(window.clips('A red boat')).toHaveCount(1);
});

test('a running shot is cancelled from the panel, and says so', async ({ window }) => {
  await window.turn({ stepMs: 200 });
  await window.at('start.prompt').fill(prompt);
  await window.at('start.generate').click();
  await window.at('edit.inspector.cancel').click();
  await expect(window.at('window.notice')).toHaveText(/was cancelled/);
  await expect(window.clips('A red boat')).toHaveAccessibleName(/Cancelled/);
});

test('a failed shot says why in one place, and is tried again from there', async ({ window }) => {
  await window.turn({ stepMs: 0, shotFailure: { code: 'out-of-memory', neededBytes: 14.2e9, freeBytes: 12e9 } });
  await window.at('start.prompt').fill(prompt);
  await window.at('start.generate').click();
  await expect(window.clips('A red boat')).toHaveAccessibleName(/failed/);
  await expect(window.page.getByText('14.2 GB')).toHaveCount(1);
  await expect(window.at('edit.viewer.message')).toContainText('14.2 GB');
  await expect(window.at('window.notice')).toHaveCount(0);
  await window.turn({ shotFailure: undefined });
  await window.at('edit.viewer.retry').click();
  await expect(window.clips('A red boat')).toHaveAccessibleName(/generated/);
});

test('of a shot that fails while one looks elsewhere a notice tells, and leads to it', async ({ window }) => {
  await window.turn({ stepMs: 100, shotFailure: { code: 'out-of-memory', neededBytes: 14.2e9, freeBytes: 12e9 } });
  await window.at('start.prompt').fill(prompt);
  await window.at('start.generate').click();
  await expect(window.clips('A red boat')).toHaveAttribute('aria-busy', 'true');
  await window.page.keyboard.press('End');
  await window.turn({ stepMs: 0 });
  await expect(window.at('window.notice')).toHaveText(/A red boat.* could not be generated/);
  await expect(window.page.getByText('14.2 GB')).toHaveCount(0);
  await window.at('window.notice').getByRole('button', { name: 'Show' }).click();
  await expect(window.at('edit.viewer.message')).toContainText('14.2 GB');
  await expect(window.at('window.notice')).toHaveCount(0);
});

test('a prompt of unknown words is answered with words the pack knows', async ({ window }) => {
  await window.at('start.prompt').fill('the octane render');
  await expect(window.at('start.generate')).toBeDisabled();
  await expect(window.at('start.generate')).toHaveAttribute('title', /tells this pack what to show/);
  await window.page.getByRole('button', { name: 'red boat' }).click();
  await expect(window.at('start.prompt')).toHaveValue('the octane render red boat');
  await expect(window.at('start.generate')).toBeEnabled();
});

test('a prompt that tells the pack nothing starts no shot, by button or by key, and says why', async ({ window }) => {
  await window.newProject();
  const { keyboard } = window.page;
  await keyboard.press('g');
  await keyboard.type('a thing');
  await keyboard.press('Control+Enter'); // before the pack's marks are there
  await expect(window.at('edit.inspector.prompt.hint')).toContainText('No word here tells this pack what to show');
  await expect(window.at('edit.inspector.generate')).toBeDisabled();
  await keyboard.press('Escape');
  await keyboard.press('g');
  await expect(window.at('edit.inspector.prompt')).toBeFocused();
  await keyboard.type(' at night');
  await expect(window.at('edit.inspector.generate')).toBeEnabled();
  expect(await window.track('V1')).toEqual([]);
});

test('the recipe of a generated take is shown and copied', async ({ window, context }) => {
  await context.grantPermissions(['clipboard-write', 'clipboard-read']);
  await window.turn({ stepMs: 0 });
  await window.at('start.prompt').fill('a red boat');
  await window.at('start.generate').click();
  await expect(window.clips('a red boat')).toHaveAccessibleName(/generated/);
  await window.take('a red boat').click();
  await expect(window.at('edit.bin.details')).toContainText('Loom Mini');
  await window.at('edit.bin.copy-recipe').click();
  const copied = await window.page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({ prompt: 'a red boat', steps: 20, packName: 'Loom Mini' });
});

test('a shot that failed does not keep an export waiting: it is shown, tried again, or exported as black', async ({
  window,
}) => {
  await window.turn({ stepMs: 0, shotFailure: { code: 'out-of-memory', neededBytes: 14.2e9, freeBytes: 12e9 } });
  await window.at('start.prompt').fill(prompt);
  await window.at('start.generate').click();
  await expect(window.clips('A red boat')).toHaveAccessibleName(/failed/);
  await window.page.keyboard.press('End');
  await window.at('title.export').click();
  await expect(window.at('export.lacking.stopped')).toContainText('1 shot has no picture: it failed or was cancelled');
  await expect(window.page.getByText('Wait until')).toHaveCount(0);
  await expect(window.at('export.start')).toBeDisabled();
  await window.page.getByLabel('Export with black in its place').check();
  await expect(window.at('export.start')).toBeEnabled();

  await window.at('export.lacking.stopped').getByRole('button', { name: 'Show' }).click();
  await expect(window.at('export')).toBeHidden();
  expect(await window.timecode()).toBe('00:00:00:00');
  await expect(window.clips('A red boat')).toHaveAttribute('aria-selected', 'true');

  await window.turn({ shotFailure: undefined });
  await window.at('title.export').click();
  await window.at('export.retry').click();
  await expect(window.at('export.unfinished')).toBeHidden();
  await expect(window.at('export.start')).toBeEnabled();
});

test('a film is exported into the queue, unfinished shots ask first, and the way to the file is told', async ({
  window,
  context,
}) => {
  await context.grantPermissions(['clipboard-write', 'clipboard-read']);
  await window.turn({ stepMs: 2000 }); // not finished before the dialog is asked, however slow the machine
  await window.at('start.prompt').fill(prompt);
  await window.at('start.generate').click();
  await expect(window.clips('A red boat')).toHaveAttribute('aria-busy', 'true');
  await window.at('title.export').click();
  await expect(window.at('export.start')).toBeDisabled();
  await expect(window.at('export.lacking.making')).toContainText('1 shot is still being made');
  await window.page.getByLabel('Export now, with black in its place').check();
  await window.turn({ stepMs: 20 });
  await window.at('export.choose').click();
  await window.at('files.name').fill('Cut one');
  await window.at('files.accept').click();
  await expect(window.at('export.path')).toHaveText(/Cut one\.mp4$/);
  await window.at('export.speed').click();
  await window.page.getByRole('option', { name: 'Fast' }).click();
  await expect(window.at('export.speed')).toContainText('Fast');
  await window.at('export.start').click();
  const told = window.at('window.notice').filter({ hasText: /Cut one\.mp4 is exported\. It lies in \// });
  await expect(told).toBeVisible();
  await expect(window.at('window.notice')).toHaveCount(1); // that it had begun is no news any more
  await window.page.waitForTimeout(7000); // longer than any other note stays
  await told.getByRole('button', { name: 'Copy path' }).click();
  await expect(window.page.getByText(/^Copied: .*Cut one\.mp4$/)).toBeVisible();
  expect(await window.page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/Cut one\.mp4$/);
});

test('a film that is there is not replaced before the editor said so', async ({ window }) => {
  await window.turn({ stepMs: 0 });
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  const queued = async () => {
    const jobs = await window.page.evaluate(() =>
      [...globalThis.window.standIn.projects.values()].flatMap((project) => [...project.jobs.values()]),
    );
    return jobs.filter((job) => job.kind === 'export').map((job) => job.title);
  };
  const ask = async () => {
    await window.at('title.export').click();
    await window.at('export.start').click();
  };
  await ask();
  await expect.poll(queued).toHaveLength(1);
  const [name = ''] = await queued();
  const beside = name.replace('.mp4', ' 2.mp4');

  await ask();
  await expect(window.at('export.exists')).toContainText(`Replace ${name}?`);
  await expect(window.at('export.exists')).toContainText('48 MB, Nov 20, 2026');
  await window.page.keyboard.press('Escape');
  await expect(window.at('export.path')).toContainText(name); // back where the question came from, and nothing begun
  expect(await queued()).toHaveLength(1);

  await window.at('export.start').click();
  await window.at('export.exists.keep-both').click();
  await expect.poll(queued).toEqual([name, beside]);
  await ask();
  await window.at('export.exists.replace').click();
  await expect.poll(queued).toEqual([name, beside, name]);
});

test('the engine’s chip says what shots are computed on, and why not on the rest', async ({ window }) => {
  await window.at('title.engine').click();
  const devices = window.at('title.device');
  await expect(devices).toHaveText([
    'GPU (WebGPU): not used: it computes attention wrong, by 21 %',
    'Processor: computes right',
  ]);
});

test('a pack of several shapes makes the sequence’s unless another is chosen, and says what each costs', async ({
  window,
}) => {
  const sizes = [
    { widthPx: 256, heightPx: 160 },
    { widthPx: 288, heightPx: 512 },
    { widthPx: 192, heightPx: 192 },
  ];
  await window.turn({ stepMs: 0, sizes });
  await window.newProject();
  await window.page.evaluate(() => globalThis.window.standIn.cutConnections()); // the packs are asked for anew
  const shape = window.at('edit.inspector.shape-choice');
  await expect(shape).toHaveText(/^16:10/);
  await expect(window.at('edit.inspector.estimate')).toContainText('about 6 s');
  await expect(window.at('edit.inspector.shape')).toContainText('256 × 160');

  await shape.click();
  await expect(window.page.getByRole('option')).toHaveText([/^16:10/, /^9:16/, /^1:1/]);
  await window.page.getByRole('option', { name: '9:16' }).click();
  await expect(shape).toHaveText(/^9:16/);
  await expect(window.at('edit.inspector.estimate')).toContainText('about 20 s');
  await expect(window.at('edit.inspector.shape')).toContainText('288 × 512');
  await window.at('edit.inspector.prompt').fill('a red boat');
  await window.at('edit.inspector.generate').click();
  await expect(window.clips('a red boat')).toHaveAccessibleName(/generated, starts/);
  const made = await window.page.evaluate(() => {
    const [project] = globalThis.window.standIn.projects.values();
    return [...(project?.entries.values() ?? [])].map(({ facts }) => facts.picture);
  });
  expect(made).toMatchObject([{ widthPx: 288, heightPx: 512 }]);
});
