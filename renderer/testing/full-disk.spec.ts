import type { TakeId } from '../../engine/document/ids.ts';
import { expect, test, type Window } from './drive.ts';

const full = { code: 'disk-full', path: '/home/mira/Shotloom/Untitled' } as const;
const freed = (window: Window) => window.page.evaluate(() => globalThis.window.standIn.freed);

/** From now on nothing is answered about the disk, until the page's `tellOfDisk`. */
const holdDisk = (window: Window) =>
  window.page.evaluate(() => {
    globalThis.window.standIn.diskHeld = new Promise((resolve) => {
      Object.assign(globalThis, { tellOfDisk: resolve });
    });
  });

/** A film whose export finds the disk full, with 9 GB of caches and one take that nobody uses. */
async function runOutOfRoom(window: Window): Promise<void> {
  await window.newProject();
  await window.import('Map insert.png');
  await window.append('Map insert.png');
  await window.page.evaluate(() => {
    const unusedTakes = [{ takeId: 'take-1' as TakeId, name: 'A red boat', bytes: 18.4e9 }];
    Object.assign(globalThis.window.standIn.survey, { unusedTakes });
  });
  await window.turn({ stepMs: 0, exportFailure: full });
  await window.at('title.export').click();
  await window.at('export.start').click();
  await expect(window.page.getByRole('heading', { name: 'The cache disk is full' })).toBeVisible();
}

test('on a full disk what is made again is given up with one key, and the export goes on', async ({ window }) => {
  await runOutOfRoom(window);
  await expect(window.at('full-disk')).toContainText('The project is saved, nothing is damaged.');
  await expect(window.at('full-disk.free')).toHaveText('Free 9 GB and resume');
  await expect(window.at('full-disk.free')).toBeFocused();
  await window.turn({ exportFailure: undefined });
  await window.page.keyboard.press('Enter');
  await expect(window.at('full-disk')).toBeHidden();
  expect(await freed(window)).toMatchObject([{ otherCaches: true, takeIds: [] }]);
  await expect(window.at('window.notice').filter({ hasText: 'is exported' })).toBeVisible();
});

test('a take is given up only where its tick is set by hand', async ({ window }) => {
  await runOutOfRoom(window);
  await expect(window.at('full-disk.unused-takes')).not.toBeChecked();
  await window.at('full-disk.unused-takes').check();
  await window.at('full-disk.other-caches').uncheck();
  await expect(window.at('full-disk.free')).toHaveText('Free 18 GB and resume');
  await window.turn({ exportFailure: undefined });
  await window.at('full-disk.free').click();
  await expect.poll(() => freed(window)).toMatchObject([{ otherCaches: false, takeIds: ['take-1'] }]);
});

test('nothing is offered before it is known, and what keeps it from being known is said', async ({ window }) => {
  await holdDisk(window);
  await window.page.evaluate(() => {
    globalThis.window.standIn.surveyFailure = { code: 'folder-missing', path: '/media/cards/cache' };
  });
  await runOutOfRoom(window);
  await expect(window.at('full-disk.free')).toBeDisabled();
  await window.page.evaluate('tellOfDisk()');
  await expect(window.at('full-disk')).toContainText('There is no folder /media/cards/cache');
  await expect(window.at('full-disk.free')).toHaveText('Resume');
  await window.turn({ exportFailure: undefined });
  await window.at('full-disk.free').click();
  await expect.poll(() => freed(window)).toMatchObject([{ otherCaches: false, takeIds: [] }]);
});

test('takes that could not be removed are told, and an engine that goes meanwhile is, too', async ({ window }) => {
  await window.page.evaluate(() => globalThis.window.standIn.stuckTakes.push('take-1' as TakeId));
  await runOutOfRoom(window);
  await window.at('full-disk.unused-takes').check();
  await window.at('full-disk.free').click();
  await expect(window.at('full-disk')).toContainText('1 take could not be removed and is whole.');
  await holdDisk(window);
  await window.at('full-disk.free').click();
  await expect(window.at('full-disk.free')).toBeDisabled();
  await window.page.evaluate(() => globalThis.window.standIn.cutConnections());
  await expect(window.at('window.notice').filter({ hasText: 'engine' })).toBeVisible();
  await window.page.evaluate('tellOfDisk()');
  await expect(window.at('full-disk.free')).toBeEnabled();
});

test('Escape frees nothing: the job rests, and its row leads back', async ({ window }) => {
  await runOutOfRoom(window);
  await window.page.keyboard.press('Escape');
  await expect(window.at('full-disk')).toBeHidden();
  expect(await freed(window)).toEqual([]);
  await window.at('title.queue').click();
  await expect(window.at('queue.row.1')).toContainText('Paused: the disk is full');
  await window.at('queue.row.1.make-room').click();
  await expect(window.at('full-disk')).toBeVisible();
});

test('takes that an undo brings back are told to the engine as kept', async ({ window }) => {
  await window.newProject();
  await window.import('Map insert.png', 'Harbour theme.wav');
  await window.append('Harbour theme.wav', 'Map insert.png');
  await window.clips('Harbour theme.wav').first().click();
  await window.page.keyboard.press('Delete');
  await expect(window.clips('Harbour theme.wav')).toHaveCount(0);
  await window.turn({ stepMs: 0, exportFailure: full });
  await window.at('title.export').click();
  await window.at('export.start').click();
  await window.turn({ exportFailure: undefined });
  await window.at('full-disk.free').click();
  await expect.poll(async () => (await freed(window))[0]?.kept.length).toBe(2);
});

test('a window that reads sees that the job waits, and is not offered to give anything up', async ({ window }) => {
  await runOutOfRoom(window);
  await window.page.keyboard.press('Escape');
  await window.page.evaluate(() => {
    const [project] = globalThis.window.standIn.projects.values();
    if (!project) return;
    project.editorId = 'another-window' as NonNullable<typeof project.editorId>;
    project.log.emit({ kind: 'revision', revision: project.revision, editorId: project.editorId });
  });
  await expect(window.at('edit.banner.reader')).toBeVisible();
  await window.at('title.queue').click();
  await expect(window.at('queue.row.1')).toContainText('Paused: the disk is full');
  await expect(window.at('queue.row.1.make-room')).toHaveCount(0);
});

test('the cache is moved from there: the settings open at its folder', async ({ window }) => {
  await runOutOfRoom(window);
  await window.at('full-disk.move').click();
  await expect(window.at('settings.cache-folder')).toBeFocused();
});
