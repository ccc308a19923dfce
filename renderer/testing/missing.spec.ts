import { expect, test, type Window } from './drive.ts';

const footage = ['Harbour_A014.mov', 'Gulls_B002.mov', 'Map insert.png'] as const;
const row = (window: Window, name: string) => window.at(`missing.row.${name}`);

/** A cut of three files, put away; the named ones are gone before it is opened again. */
async function cutWithout(window: Window, ...lost: readonly string[]): Promise<void> {
  await window.newProject();
  await window.import(...footage);
  await window.append('Map insert.png', 'Harbour_A014.mov');
  await window.at('title.home').click();
  await window.page.evaluate((names) => {
    for (const name of names) globalThis.window.standIn.loseFile(name);
  }, lost);
}

async function lies(window: Window, where: 'near' | 'far', places: Readonly<Record<string, string>>): Promise<void> {
  await window.page.evaluate(([key, given]) => Object.assign(globalThis.window.standIn.lostAndFound[key], given), [
    where,
    places,
  ] as const);
}

const reopen = (window: Window) => window.at('start.recent.Untitled').first().click();

test('a film opened without its footage finds what moved nearby, and one press brings it back', async ({ window }) => {
  await cutWithout(window, 'Harbour_A014.mov', 'Map insert.png');
  await lies(window, 'near', {
    'Harbour_A014.mov': '/home/mira/Day 2/A014.mov',
    'Map insert.png': '/home/mira/Day 2/map.png',
  });
  await reopen(window);
  await expect(window.page.getByRole('heading', { name: '2 files are not where they were' })).toBeVisible();
  await expect(row(window, 'Harbour_A014.mov')).toContainText('/home/mira/Day 2/A014.mov');
  await expect(row(window, 'Harbour_A014.mov')).toContainText('2 clips use it');
  await expect(row(window, 'Harbour_A014.mov')).toContainText('Same content');
  await expect(window.at('missing.relink')).toHaveText('Relink 2');
  await expect(window.at('missing.relink')).toBeFocused();
  await window.at('missing.row.Map insert.png.tick').uncheck();
  await expect(window.at('missing.relink')).toHaveText('Relink 1');
  await window.at('missing.row.Map insert.png.tick').check();
  await window.at('missing.relink').focus();
  await window.page.keyboard.press('Enter');
  await expect(window.at('missing')).toBeHidden();
  await expect(window.at('window.notice')).toHaveText(/2 files are back/);
  await expect(window.clips('Harbour_A014').first()).toHaveAccessibleName(/^Harbour_A014.mov, starts/);
  await expect(window.at('title.undo')).toBeDisabled(); // the film has not changed
});

test('the film is watched and cut beside the question, and Escape there is not an answer to it', async ({ window }) => {
  await cutWithout(window, 'Harbour_A014.mov');
  await reopen(window);
  await expect(window.at('missing')).toBeVisible();
  const clip = window.clips('Map insert').first();
  await clip.click();
  await expect(clip).toHaveAttribute('aria-selected', 'true');
  await window.page.keyboard.press('c');
  await window.page.keyboard.press('Escape');
  await expect(clip).toHaveAttribute('aria-selected', 'false');
  await expect(window.at('missing')).toBeVisible();
  await window.at('missing.search').focus();
  await window.page.keyboard.press('Escape');
  await expect(window.at('missing')).toBeHidden();
  await expect(window.clips('Harbour_A014').first()).toHaveAccessibleName(/file not found/);
});

test('what is not nearby is found in the folder that is named', async ({ window }) => {
  await cutWithout(window, 'Harbour_A014.mov');
  await lies(window, 'far', { 'Harbour_A014.mov': '/home/mira/Rushes/old/A014.mov' });
  await window.turn({ stepMs: 0 });
  await reopen(window);
  await expect(window.at('missing')).toContainText('Not found. 400 files were looked at.');
  await expect(row(window, 'Harbour_A014.mov')).toContainText('Not found. Was in /home/mira/Rushes');
  await window.at('missing.search').click();
  await window.at('files.entry.Rushes').click();
  await expect(window.at('files.accept')).toHaveText('Use Rushes');
  await window.at('files.accept').click();
  await expect(row(window, 'Harbour_A014.mov')).toContainText('/home/mira/Rushes/old/A014.mov');
  await window.at('missing.relink').click();
  await expect(window.at('missing')).toBeHidden();
});

test('a search that takes long counts what it has seen, and is stopped', async ({ window }) => {
  await cutWithout(window, 'Harbour_A014.mov');
  await window.turn({ stepMs: 60_000 });
  await reopen(window);
  await expect(window.at('missing')).toContainText('Looking by content, 0 files so far');
  await window.at('missing.stop').click();
  await expect(window.at('missing')).toContainText('Stopped.');
});

test('a file that is located and holds something else is told of, and not taken where its clips would not fit', async ({
  window,
}) => {
  await cutWithout(window, 'Harbour_A014.mov');
  await reopen(window);
  await window.at('missing.row.Harbour_A014.mov.locate').click();
  await expect(window.page.getByRole('heading', { name: 'Locate Harbour_A014.mov' })).toBeVisible();
  await window.at('files.entry.Rushes').dblclick();
  await window.at('files.entry.Gulls_B002.mov').click();
  await window.at('files.accept').click();
  await expect(row(window, 'Harbour_A014.mov')).toContainText(
    'Gulls_B002.mov is another file: 960×540 instead of 1920×1080, 29.97 instead of 24 fps, 150 instead of 200 frames.',
  );
  await expect(row(window, 'Harbour_A014.mov')).toContainText('Its clips would not fit');
  await expect(window.at('missing.row.Harbour_A014.mov.use-anyway')).toHaveCount(0);
  await expect(window.clips('Harbour_A014').first()).toHaveAccessibleName(/file not found/);
});

test('what lies in its place is compared first, and used when the editor says so', async ({ window }) => {
  await cutWithout(window, 'Harbour_A014.mov');
  await window.page.evaluate(() => {
    globalThis.window.standIn.lostAndFound.replaced = ['Harbour_A014.mov'];
  });
  await reopen(window);
  await expect(row(window, 'Harbour_A014.mov')).toContainText('Another file lies in its place');
  await window.at('missing.row.Harbour_A014.mov.compare').click();
  await expect(row(window, 'Harbour_A014.mov')).toContainText(
    '304 MB instead of 812 MB, hevc, aac instead of h264, aac',
  );
  await expect(window.clips('Harbour_A014').first()).toHaveAccessibleName(/file not found/);
  await window.at('missing.row.Harbour_A014.mov.use-anyway').click();
  await expect(window.at('missing')).toBeHidden();
  await expect(window.clips('Harbour_A014').first()).toHaveAccessibleName(/^Harbour_A014.mov, starts/);
});

test('footage that goes while one works is told of and found from there, from the viewer and from its menus', async ({
  window,
}) => {
  await window.newProject();
  await window.import(...footage);
  await window.append('Harbour_A014.mov');
  await window.page.keyboard.press('Home');
  await window.page.evaluate(() => globalThis.window.standIn.loseFile('Harbour_A014.mov'));
  await expect(window.at('window.notice')).toHaveText(/1 file is not where it was/);
  await expect(window.at('missing')).toHaveCount(0);
  const leave = async () => {
    await expect(window.at('missing')).toBeVisible();
    await window.at('missing.leave').click();
    await expect(window.at('missing')).toBeHidden();
  };
  await window.at('window.notice').getByRole('button', { name: 'Find' }).click();
  await leave();
  await window.at('edit.viewer.find').click();
  await leave();
  await window.take('Harbour_A014.mov').click({ button: 'right' });
  await window.page.getByRole('menuitem', { name: 'Find the file' }).click();
  await leave();
  await window.clips('Harbour_A014').first().click({ button: 'right' });
  await window.page.getByRole('menuitem', { name: 'Find the file' }).click();
  await leave();
});
