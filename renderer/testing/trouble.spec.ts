import type { Generator } from '../../engine/contract/generator.ts';
import type { PackId } from '../../engine/contract/ids.ts';
import { expect, test, type Window } from './drive.ts';

test('while the engine is away editing goes on, and is saved once it is back', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.turn({ isUnplugged: true });
  await window.page.evaluate(() => globalThis.window.standIn.cutConnections());
  await expect(window.at('edit.banner.lost')).toBeVisible();
  await window.append('Map insert.png');
  await expect(window.at('title.not-saved')).toHaveText('Not saved: the engine is away');
  await expect(window.at('title.saving')).toHaveCount(0);
  await window.turn({ isUnplugged: false });
  await expect(window.at('edit.banner.lost')).toBeHidden();
  await expect(window.at('status.saved')).toBeVisible();
  await expect(window.at('title.not-saved')).toHaveCount(0);
  const journal = await window.page.evaluate(() => [...globalThis.window.standIn.projects.values()][0]?.journal.length);
  expect(journal).toBe(1);
});

test('a window whose host was ended, or was started anew, says what to do and what it alone holds', async ({
  window,
}) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.turn({ isUnplugged: true, hostStanding: 'silent' });
  await window.page.evaluate(() => globalThis.window.standIn.cutConnections());
  const banner = window.at('edit.banner.lost');
  await expect(banner).toContainText('Shotloom was ended. Start it again');
  await expect(banner).toContainText('open the new link that the terminal prints');
  await expect(banner).not.toContainText('this tab only');
  await window.append('Map insert.png');
  await expect(banner).toContainText('1 change is in this tab only');
  await window.turn({ hostStanding: 'signed-out' });
  await expect(banner).toContainText('does not know this tab. Open the new link');
  await expect(banner).toContainText('1 change is in this tab only');
  await window.turn({ isUnplugged: false });
  await expect(banner).toBeHidden();
  await expect(window.at('status.saved')).toBeVisible();
});

test('a window that lost its project to another one reads, and takes over when asked', async ({ window }) => {
  await window.newProject();
  await window.page.evaluate(() => {
    const [project] = globalThis.window.standIn.projects.values();
    if (!project) return;
    project.editorId = 'another-window' as NonNullable<typeof project.editorId>;
    project.log.emit({ kind: 'revision', revision: project.revision, editorId: project.editorId });
  });
  await expect(window.at('edit.banner.reader')).toBeVisible();
  await expect(window.at('edit.timeline.track.v1.lock')).toBeDisabled();
  await window.at('edit.banner.take-over').click();
  await expect(window.at('edit.banner.reader')).toBeHidden();
  await expect(window.at('edit.timeline.track.v1.lock')).toBeEnabled();
});

test('a project of a newer version is watched, and says why it cannot be edited', async ({ window }) => {
  await window.newProject();
  await window.at('title.home').click();
  await window.page.evaluate(() => {
    const [project] = globalThis.window.standIn.projects.values();
    const readOnly = { code: 'project-newer', path: project?.folder ?? '', version: 2 };
    if (project) Object.assign(project, { readOnly, editorId: undefined });
  });
  await window.at('start.recent.Untitled').first().click();
  await expect(window.at('edit.banner.read-only')).toHaveText(
    /This project was saved by a newer Shotloom \(format 2\).*Open it with that version. It was not changed/,
  );
  await expect(window.at('edit.banner.take-over')).toHaveCount(0);
});

test('a file that cannot be read is refused in one sentence, and the others come in', async ({ window }) => {
  await window.newProject();
  await window.at('edit.bin.import').click();
  await window.at('files.entry.Rushes').dblclick();
  await window.at('files.entry.broken.mp4').click();
  await window.at('files.entry.Map insert.png').click({ modifiers: ['ControlOrMeta'] });
  await window.at('files.accept').click();
  await expect(window.at('window.notice')).toHaveText(/1 file was not imported\. broken\.mp4 cannot be read/);
  await expect(window.take('Map insert.png')).toBeVisible();
});

test('an export that failed is tried again from the queue, and shows a log that can be copied', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  await window.turn({ stepMs: 0, exportFailure: { code: 'ffmpeg-failed', lastLines: ['Conversion failed!'] } });
  await window.at('title.export').click();
  await window.at('export.start').click();
  await window.at('title.queue').click();
  const row = window.at('queue').locator('.queue-row').first();
  await expect(row).toContainText('ffmpeg gave up: Conversion failed. The film is safe');
  await row.getByRole('button', { name: 'Show log' }).click();
  await expect(window.at('queue')).toBeHidden();
  await expect(window.at('export-log')).toContainText('crf 18, preset medium');
  await expect(window.at('export-log.copy')).toBeFocused();
  await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await window.page.keyboard.press('Enter');
  await expect(window.at('export-log')).toBeHidden();
  expect(await window.page.evaluate(() => navigator.clipboard.readText())).toContain('Conversion failed!');

  await window.turn({ exportFailure: undefined });
  await window.at('title.queue').click();
  await row.getByRole('button', { name: 'Retry' }).click();
  await expect(row.getByRole('button', { name: 'Copy path' })).toBeVisible();
});

test('a shot that ran out of memory is made shorter in its place', async ({ window }) => {
  const shotFailure = { code: 'out-of-memory', neededBytes: 14.2e9, freeBytes: 12e9 } as const;
  await window.turn({ stepMs: 0, shotFailure });
  await window.at('start.prompt').fill('A red boat at night');
  await window.at('start.generate').click();
  await expect(window.page.locator('.take-thumb.is-failed')).toBeVisible();
  await window.page.keyboard.press('Home');
  await window.at('edit.viewer.fit').click();
  await expect(window.at('fit')).toContainText('As asked: 256×160, 2.1 s');
  await expect(window.at('fit.13')).toBeChecked();
  await window.turn({ shotFailure: undefined });
  await window.page.keyboard.press('Enter');
  await expect(window.at('fit')).toBeHidden();
  const clips = window.clips('A red boat at night');
  await expect(clips).toHaveCount(1);
  await expect(clips).toHaveAccessibleName(/generated, starts 0 frames, lasts 1 second 2 frames/);
  await window.page.keyboard.press('ControlOrMeta+z'); // one step: the shot that failed stands there again
  await expect(clips).toHaveCount(1);
  await expect(clips).toHaveAccessibleName(/starts 0 frames, lasts 2 seconds 2 frames/);
});

test('what went wrong in one project is not told in the next', async ({ window }) => {
  await window.newProject();
  await window.at('edit.bin.import').click();
  await window.at('files.entry.Rushes').dblclick();
  await window.at('files.entry.broken.mp4').click();
  await window.at('files.accept').click();
  await expect(window.at('window.notice')).toHaveText(/was not imported/);
  await window.at('title.home').click();
  await expect(window.at('window.notice')).toHaveCount(0);
  await window.newProject();
  await expect(window.at('window.notice')).toHaveCount(0);
});

test('the file browser offers what it can do: nothing yet, two files, the project one stands in', async ({
  window,
}) => {
  await window.newProject();
  await window.at('edit.bin.import').click();
  await expect(window.at('files.accept')).toHaveText('Import');
  await expect(window.at('files.accept')).toBeDisabled();
  await expect(window.page.getByRole('navigation', { name: 'Places' })).toContainText('Home');
  await window.at('files.entry.Rushes').dblclick();
  await window.at('files.entry.Map insert.png').click();
  await window.at('files.entry.Gulls_B002.mov').click({ modifiers: ['ControlOrMeta'] });
  await expect(window.at('files.accept')).toHaveText('Import 2 files');
  await window.page.keyboard.press('Escape');

  await window.at('title.home').click();
  await window.at('start.open-project').click();
  await expect(window.at('files.accept')).toBeDisabled();
  await window.at('files.path').fill('/home/mira/Shotloom/Untitled');
  await window.page.keyboard.press('Enter');
  await expect(window.at('files.accept')).toHaveText('Open Untitled');
  await window.at('files.accept').click();
  await expect(window.at('edit.page')).toBeVisible();
});

test('files dropped on the timeline are taken in and placed where they were let go', async ({ window }) => {
  await window.newProject();
  const drop = (type: 'dragover' | 'drop', x: number) =>
    window.at('edit.timeline.lanes').evaluate(
      (lanes, [name, dx]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'Map insert.png'));
        const { left, top } = lanes.getBoundingClientRect();
        const at = { clientX: left + dx, clientY: top + 110 };
        lanes.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true, ...at }));
      },
      [type, x] as const,
    );
  await drop('dragover', 60);
  await expect(window.at('edit.timeline.drag-label')).toHaveText('Place at 00:00:02:00');
  await drop('drop', 60);
  await expect(window.clips('Map insert.png')).toHaveAccessibleName(/starts 2 seconds, lasts 4 seconds/);
});

test('a file dropped on the bin again is selected there, and is no second take', async ({ window }) => {
  await window.newProject();
  const drop = (name: string) =>
    window.at('edit.bin').evaluate((bin, dropped) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], dropped, { lastModified: 1 }));
      bin.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, name);
  await drop('Map insert.png');
  await expect(window.take('Map insert.png')).toHaveAttribute('aria-selected', 'true');
  await drop('Gulls_B002.mov');
  await expect(window.take('Gulls_B002.mov')).toHaveAttribute('aria-selected', 'true');
  await drop('Map insert.png');
  await expect(window.take('Map insert.png')).toHaveAttribute('aria-selected', 'true');
  await expect(window.page.getByRole('option')).toHaveCount(2);
});

test('a pasted path comes into the bin, a pasted sentence does not', async ({ window }) => {
  await window.newProject();
  const paste = (text: string) =>
    window.page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
  await paste('a red boat at night');
  await paste('file:///home/mira/Rushes/Map%20insert.png');
  await expect(window.take('Map insert.png')).toBeVisible();
  await expect(window.page.getByRole('option')).toHaveCount(1);
});

test('a take in use stays in the bin with a sentence; one that is not goes, and comes back with undo', async ({
  window,
}) => {
  await window.newProject();
  await window.import('Map insert.png', 'Harbour theme.wav');
  await window.append('Map insert.png');
  await window.take('Map insert.png').click();
  await window.page.keyboard.press('Delete');
  await expect(window.at('window.notice')).toHaveText(/on the timeline/);
  await window.take('Harbour theme.wav').click();
  await window.page.keyboard.press('Delete');
  await expect(window.take('Harbour theme.wav')).toBeHidden();
  await window.page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(window.take('Harbour theme.wav')).toBeVisible();
});

test('a take thrown out of the bin comes back when its file is imported again', async ({ window }) => {
  await window.newProject();
  await window.import('Harbour theme.wav');
  await window.take('Harbour theme.wav').click();
  await window.page.keyboard.press('Delete');
  await expect(window.take('Harbour theme.wav')).toBeHidden();
  await window.import('Harbour theme.wav');
  await expect(window.take('Harbour theme.wav')).toBeVisible();
});

test('sound is seen whole in the bin, drawn from the engine’s peaks', async ({ window }) => {
  await window.newProject();
  await window.import('Harbour theme.wav');
  await window.take('Harbour theme.wav').click();
  await expect(window.at('edit.bin.waveform')).toBeVisible();
});

/** A shot whose runner stopped three times over it on some device, so that it stays off. */
async function stoppedThrice(window: Window, device: 'webgpu' | 'cpu'): Promise<void> {
  const shotFailure = { code: 'runner-stopped', packId: 'loom-mini' as PackId, crashCount: 3 } as const;
  await window.turn({ stepMs: 0, shotFailure });
  await window.at('start.prompt').fill('a red boat');
  await window.at('start.generate').click();
  await expect(window.page.locator('.take-thumb.is-failed')).toBeVisible();
  await setGenerator(window, { kind: 'off', device, crashCount: 3 });
  await expect(window.at('title.engine')).toHaveText('Generator off');
  await window.turn({ shotFailure: undefined });
}

function setGenerator(window: Window, standing: Generator): Promise<void> {
  return window.page.evaluate((given) => globalThis.window.standIn.generator.set(given), standing);
}

test('a generator that stopped three times stays off; run on the processor, the shot that failed is made', async ({
  window,
}) => {
  await stoppedThrice(window, 'webgpu');
  const banner = window.at('edit.banner.generator');
  await expect(banner).toContainText('The generator stopped 3 times and stays off. Your edit is safe.');
  await expect(banner.getByRole('button')).toHaveText(['Run on CPU', 'Save report']);
  await window.at('edit.banner.use-cpu').click();
  await expect(banner).toBeHidden();
  await expect(window.clips('a red boat')).toHaveAccessibleName(/generated, starts/);
  expect(await window.page.evaluate(() => globalThis.window.standIn.settings.now())).toEqual({ device: 'cpu' });
  await expect(window.at('title.engine')).toHaveText('Stand-in');
});

test('one that stopped on the processor can be started again, and its report saved', async ({ window }) => {
  await stoppedThrice(window, 'cpu');
  const begun = window.page.waitForEvent('download');
  await window.at('edit.banner.report').click();
  expect((await begun).suggestedFilename()).toBe('shotloom-report-2026-11-21.zip');
  await window.at('edit.banner.start-again').click();
  await expect(window.at('edit.banner.generator')).toBeHidden();
  await expect(window.clips('a red boat')).toHaveAccessibleName(/generated, starts/);
});

test('a chosen device that is not there is told with what it needs, and looked for again', async ({ window }) => {
  const fault = { kind: 'absent', said: 'Failed to get a WebGPU adapter: No supported adapters' } as const;
  await window.newProject();
  await window.turn({ gpuFault: fault });
  await setGenerator(window, {
    ...{ kind: 'no-device', packId: 'loom-mini' as PackId, packName: 'Loom Mini' },
    ...{ device: 'webgpu', fault, hasProcessor: true },
  });
  const banner = window.at('edit.banner.generator');
  await expect(banner).toContainText('Loom Mini cannot run on GPU (WebGPU): none that could be used was found.');
  await expect(banner.getByRole('button')).toHaveText(['Use CPU with Loom Mini', 'What is needed']);
  await window.at('edit.banner.needs').click();
  await expect(window.at('device-needs')).toContainText('A GPU with a current driver');
  await expect(window.at('device-needs')).toContainText('No supported adapters');
  await window.at('device-needs.again').click();
  await expect(window.at('device-needs.standing')).toHaveText(
    'GPU (WebGPU) is not used: none that could be used was found.',
  );
  await window.turn({ gpuFault: undefined });
  await window.at('device-needs.again').click();
  await expect(window.at('device-needs.standing')).toHaveText('GPU (WebGPU) can be used now.');
  await window.page.keyboard.press('Escape');
  await expect(banner).toBeHidden();
});

test('what a device needs is told with how it stands only where that is known', async ({ window }) => {
  const fault = { kind: 'absent', said: '' } as const;
  await window.newProject();
  await window.turn({ gpuFault: fault });
  await setGenerator(window, {
    ...{ kind: 'no-device', packId: 'loom-mini' as PackId, packName: 'Loom Mini' },
    ...{ device: 'webgpu', fault, hasProcessor: true },
  });
  await window.at('edit.banner.needs').click();
  await setGenerator(window, { kind: 'ready' });
  await expect(window.at('edit.banner.generator')).toBeHidden();
  await expect(window.at('device-needs.standing')).toHaveText('');
  await window.at('device-needs.again').click();
  await expect(window.at('device-needs.standing')).toHaveText(
    'GPU (WebGPU) is not used: none that could be used was found.',
  );
});

test('a pack that only runs on a GPU gives way to the built-in one on the processor', async ({ window }) => {
  await window.newProject();
  await setGenerator(window, {
    ...{ kind: 'no-device', packId: 'big-one' as PackId, packName: 'Big One' },
    ...{ device: 'cuda', fault: { kind: 'absent', said: '' }, hasProcessor: false },
  });
  await window.at('edit.banner.use-cpu').click();
  await expect(window.at('edit.banner.generator')).toBeHidden();
  await expect(window.at('edit.inspector.pack')).toContainText('Loom Mini');
});
