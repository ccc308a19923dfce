import { join } from 'node:path';
import type { Asked } from '../../engine/contract/desktop-bridge.ts';
import type { DesktopMenu } from '../../engine/contract/desktop-requests.ts';
import { expect, test } from './app.ts';
import { dressAsDesktop } from './desktop-bridge.ts';
import type { Editor } from './editor.ts';
import { still } from './rushes.ts';

// The window as the desktop shell has it: same bundle, same Chromium, the engine over message ports, files by their paths.
// Electron itself is what is missing here.

const notes = {
  ask: ({ page }: Editor, asked: Asked) => page.evaluate((each) => window.shellNotes.ask(each), asked),
  choose: ({ page }: Editor, paths: string[]) =>
    page.evaluate((each) => void window.shellNotes.chosen.push(...each), paths),
  read: ({ page }: Editor) => page.evaluate(() => ({ ...window.shellNotes, ask: undefined })),
};
const command = (name: string): Asked => ({ kind: 'command', name, isByKey: false });
const itemsOf = (menu: DesktopMenu | undefined) =>
  (menu ?? []).flatMap(({ items }) => items.flatMap((item) => (item.kind === 'command' ? [item] : [])));

test('the desktop window edits, follows its menu bar, and closes when it may', async ({ app }) => {
  const { editor, home } = app;
  await dressAsDesktop(editor.page);
  await expect(editor.at('start.drop')).toBeVisible();
  await expect(editor.page.getByText('Files stay where they are.')).toBeVisible();

  await test.step('a project from the File menu', async () => {
    await notes.ask(editor, command('newProject'));
    await editor.at('edit.timeline.lanes').waitFor();
    const { menus, projects } = await notes.read(editor);
    expect(itemsOf(menus[0]).filter(({ isEnabled }) => isEnabled)).toHaveLength(3);
    expect(itemsOf(menus.at(-1)).every(({ isEnabled }) => isEnabled)).toBe(true);
    expect(projects.at(-1)).toContain(join(home, 'projects'));
  });

  await test.step('media from the system dialog stay where they lie', async () => {
    await notes.choose(editor, [join(home, 'Rushes', still.name)]);
    await notes.ask(editor, command('import'));
    await expect(editor.take(still.name)).toBeVisible();
    await editor.append(still.name);
    await expect(editor.clips(still.name)).toHaveCount(1);
  });

  await test.step('the title bar is the window’s own: it moves it, its buttons do not, and one opens the menus', async () => {
    const region = (testId: string) =>
      editor.at(testId).evaluate((element) => getComputedStyle(element).getPropertyValue('-webkit-app-region'));
    expect([await region('title.bar'), await region('title.settings'), await region('title.home')]).toEqual([
      'drag',
      'no-drag',
      'no-drag',
    ]);
    await editor.at('title.menu').click();
    const { opened, menus } = await notes.read(editor);
    const box = await editor.at('title.menu').boundingBox();
    expect(opened).toEqual([{ x: Math.round(box?.x ?? 0), y: Math.round((box?.y ?? 0) + (box?.height ?? 0)) }]);
    expect(menus.length).toBeGreaterThan(0);
  });

  await test.step('undo in the menu bar takes back a gesture, and in a text field the text', async () => {
    await notes.ask(editor, command('undo'));
    await expect(editor.clips(still.name)).toHaveCount(0);
    await notes.ask(editor, command('redo'));
    await expect(editor.clips(still.name)).toHaveCount(1);

    const search = editor.at('edit.bin.search');
    await search.click();
    await editor.page.keyboard.type('Card');
    await notes.ask(editor, { kind: 'command', name: 'undo', isByKey: true });
    await expect(search).not.toHaveValue('Card');
    await expect(editor.clips(still.name)).toHaveCount(1);
    await search.fill('');
  });

  await test.step('the menu bar speaks the language of the window, and the theme reaches the system', async () => {
    await editor.at('title.settings').click();
    await editor.at('settings.language').click();
    await editor.page.getByRole('option', { name: '简体中文' }).click();
    await expect.poll(async () => (await notes.read(editor)).menus.at(-1)?.[0]?.label).toBe('文件');
    expect((await notes.read(editor)).themes).not.toContain('light');
    await editor.choose('settings.theme', '浅色');
    await expect.poll(async () => (await notes.read(editor)).themes.at(-1)).toBe('light');
    await editor.at('settings.done').click();
  });

  await test.step('an engine that is killed comes back on a new line', async () => {
    expect(app.kill('engine.mjs')).toBe(1);
    await notes.ask(editor, command('undo'));
    await expect(editor.clips(still.name)).toHaveCount(0);
    await expect(editor.at('title.saving')).toHaveCount(0);
  });

  await test.step('it closes once its last gesture is in the journal', async () => {
    await notes.ask(editor, { kind: 'closing', question: 1, endsEngine: true });
    await expect.poll(async () => (await notes.read(editor)).answers).toEqual([{ kind: 'ready' }]);
  });

  await test.step('a second start with another project opens it here', async () => {
    await notes.ask(editor, command('closeProject'));
    await expect(editor.at('start.drop')).toBeVisible();
    const { projects } = await notes.read(editor);
    expect(projects.at(-1)).toBeUndefined();
    const folder = projects.find((each) => each !== undefined);
    await notes.ask(editor, { kind: 'open-project', folder: folder ?? '' });
    await expect(editor.take(still.name)).toBeVisible();
  });
});
