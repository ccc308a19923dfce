import { readFile } from 'node:fs/promises';
import { expect, test, type Window } from './drive.ts';

const html = (window: Window) => window.page.locator('html');
const kept = (window: Window) => window.page.evaluate(() => globalThis.window.standIn.settings.now());

async function choose(window: Window, field: string, option: string): Promise<void> {
  await window.at(`settings.${field}`).click();
  await window.page.getByRole('option', { name: option }).click();
}

test('language, theme and motion take hold at once, and the engine keeps them', async ({ window }) => {
  await window.at('title.settings').click();
  await choose(window, 'theme', 'Light');
  await expect(html(window)).toHaveAttribute('data-theme', 'light');
  await choose(window, 'motion', 'Reduced');
  await expect(html(window)).toHaveAttribute('data-motion', 'reduced');
  await choose(window, 'language', '简体中文');
  await expect(window.page.getByRole('heading', { name: '设置' })).toBeVisible();
  expect(await kept(window)).toEqual({ theme: 'light', motion: 'reduced', language: 'zh-CN' });
  await window.at('settings.done').click();
  await expect(window.at('settings')).toBeHidden();
  await expect(window.at('title.settings')).toBeFocused();
});

test('what another window of this machine chose holds here too', async ({ window }) => {
  await window.page.evaluate(() => globalThis.window.standIn.settings.change({ theme: 'light', language: 'zh-CN' }));
  await expect(html(window)).toHaveAttribute('data-theme', 'light');
  await expect(html(window)).toHaveAttribute('lang', 'zh-CN');
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText('从这里开始你的片子');
});

test('a choice made while the engine is away holds at once and is kept when it is back', async ({ window }) => {
  await window.turn({ isUnplugged: true });
  await window.page.evaluate(() => globalThis.window.standIn.cutConnections());
  await expect(window.at('title.engine')).toHaveText('Away');
  await window.at('title.settings').click();
  await choose(window, 'theme', 'Light');
  await expect(html(window)).toHaveAttribute('data-theme', 'light');
  await window.turn({ isUnplugged: false });
  await expect.poll(() => kept(window)).toEqual({ theme: 'light' });
  await expect(html(window)).toHaveAttribute('data-theme', 'light');
});

test('a folder that is not there is refused in a sentence and the old one stays; one that is there is used', async ({
  window,
}) => {
  await window.at('title.settings').click();
  const standing = window.at('settings.packs.standing');
  await expect(standing).toHaveText('In use: /home/mira/.local/share/shotloom/packs');
  await window.at('settings.packs').fill('/nowhere');
  await window.page.keyboard.press('Enter');
  await expect(standing).toContainText('There is no folder /nowhere');
  await expect(window.at('settings.packs')).toHaveAttribute('aria-invalid', 'true');
  expect(await kept(window)).toEqual({});
  await window.at('settings.packs').fill('/home/mira/Rushes');
  await window.page.keyboard.press('Tab');
  await expect(standing).toHaveText('In use: /home/mira/Rushes');
  await expect(window.at('settings.packs')).toHaveAttribute('aria-invalid', 'false');
});

test('caches are held to a cap, and emptied', async ({ window }) => {
  await window.at('title.settings').click();
  await expect(window.at('settings.cache-cap')).toContainText('20 GB');
  await choose(window, 'cache-cap', '50 GB');
  expect(await kept(window)).toEqual({ cacheCapBytes: 50e9 });
  await expect(window.at('settings.cache-used')).toHaveText('3.2 GB now');
  await window.at('settings.cache-empty').click();
  await expect(window.at('settings.cache-used')).toHaveText('0 B now');
});

test('caches are moved to another folder, told of on the way, and the field says where they lie then', async ({
  window,
}) => {
  await window.turn({ isMoveHeld: true });
  await window.at('title.settings').click();
  const standing = window.at('settings.cache-folder.standing');
  await expect(standing).toHaveText('In use: /home/mira/.cache/shotloom');
  await window.at('settings.cache-folder').fill('/home/mira/Rushes');
  await window.page.keyboard.press('Enter');
  await expect(window.at('settings.cache-moving')).toContainText('1.6 GB of 3.2 GB');
  await window.at('settings.done').click();
  await window.at('title.settings').click(); // it goes on meanwhile
  await expect(window.page.getByRole('progressbar', { name: 'Folder of caches' })).toHaveAttribute(
    'aria-valuenow',
    '50',
  );
  await window.turn({ isMoveHeld: false });
  await expect(standing).toHaveText('In use: /home/mira/Rushes');
  expect(await kept(window)).toEqual({ cacheFolder: '/home/mira/Rushes' });
});

test('a move of caches that is cancelled leaves them, and the field, as they were', async ({ window }) => {
  await window.turn({ isMoveHeld: true });
  await window.at('title.settings').click();
  await window.at('settings.cache-folder').fill('/home/mira/Rushes');
  await window.page.keyboard.press('Enter');
  await window.at('settings.cache-moving.cancel').click();
  await expect(window.at('settings.cache-folder')).toHaveValue('');
  await expect(window.at('settings.cache-folder.standing')).toHaveText('In use: /home/mira/.cache/shotloom');
  expect(await kept(window)).toEqual({});
});

test('a folder that caches cannot be moved to is refused in a sentence, and they stay', async ({ window }) => {
  await window.at('title.settings').click();
  await window.at('settings.cache-folder').fill('/nowhere');
  await window.page.keyboard.press('Enter');
  await expect(window.at('settings.cache-folder.standing')).toContainText('There is no folder /nowhere');
  expect(await kept(window)).toEqual({});
});

test('folders that file windows show are added and taken away; the last one stays', async ({ window }) => {
  await window.at('title.settings').click();
  const shown = window.at('settings.roots').getByRole('listitem');
  const add = async (path: string) => {
    await window.at('settings.root-add').fill(path);
    await window.page.keyboard.press('Enter');
  };
  await expect(shown).toHaveText(['/home/mira']);
  await expect(window.at('settings.roots').getByRole('button')).toHaveCount(0);
  await add('/nowhere');
  await expect(window.at('settings.root-add.standing')).toContainText('There is no folder /nowhere');
  await add('/home/mira/Rushes');
  await expect(shown).toHaveText(['/home/mira', '/home/mira/Rushes']);
  await expect(window.at('settings.root-add')).toHaveValue('');
  await window.page.getByRole('button', { name: 'Show /home/mira no longer', exact: true }).click();
  await expect(shown).toHaveText(['/home/mira/Rushes']);
  expect(await kept(window)).toEqual({ fileRoots: ['/home/mira/Rushes'] });
});

test('settings that could not be read are told of once, with the place where they lie', async ({ window }) => {
  const startEngineAgain = () =>
    window.page.evaluate(() => {
      globalThis.window.standIn.settings.setAside = '/home/mira/.config/shotloom/settings.broken.json';
      globalThis.window.standIn.cutConnections();
    });
  await startEngineAgain();
  await expect(window.at('window.notice')).toContainText('/home/mira/.config/shotloom/settings.broken.json');
  await window.at('window.notice').getByRole('button', { name: 'Dismiss' }).click();
  await startEngineAgain();
  await window.page.evaluate(() => globalThis.window.standIn.settings.change({ theme: 'light' }));
  await expect(html(window)).toHaveAttribute('data-theme', 'light');
  await expect(window.at('window.notice')).toHaveCount(0);
});

test('a report is saved as a file, with names of files only where that is ticked', async ({ window }) => {
  const saved = async () => {
    const begun = window.page.waitForEvent('download');
    await window.at('settings.report').click();
    const download = await begun;
    const text = await readFile(await download.path(), 'utf8');
    return { name: download.suggestedFilename(), text };
  };
  await window.at('title.settings').click();
  expect(await saved()).toEqual({ name: 'shotloom-report-2026-11-21.zip', text: 'Shotloom report\n' });
  await window.at('settings.report-paths').check();
  expect((await saved()).text).toBe('Shotloom report of /home/mira\n');
});

test('the settings are reached, changed and left by key alone', async ({ window }) => {
  await window.newProject();
  const { keyboard } = window.page;
  await keyboard.press('Control+,');
  await expect(window.at('settings.language')).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(html(window)).toHaveAttribute('data-theme', 'light');
  await keyboard.press('Escape');
  await expect(window.at('settings')).toBeHidden();
  await expect(window.at('edit.page')).toBeVisible();
});

const motions = [
  { system: 'reduce', motion: 'system', seconds: '0s' },
  { system: 'no-preference', motion: 'reduced', seconds: '0s' },
  { system: 'reduce', motion: 'full', seconds: '0.14s' },
] as const;

for (const { system, motion, seconds } of motions) {
  test.describe(`where the system says ${system} and the settings ${motion}`, () => {
    test.use({ settings: { motion }, contextOptions: { reducedMotion: system } });
    test(`a menu opens in ${seconds}`, async ({ window }) => {
      await window.at('title.engine').click();
      const popup = window.page.locator('.popup').first();
      await expect(popup).toBeVisible();
      await expect(popup).toHaveCSS('transition-duration', new RegExp(`^${seconds}(, ${seconds})*$`));
    });
  });
}

test('a device that computes wrong is not offered, and the window says by how much', async ({ window }) => {
  await window.at('title.settings').click();
  const [gpu, processor] = [window.at('title.device').first(), window.at('title.device').last()];
  await expect(gpu).toHaveText('GPU (WebGPU): not used: it computes attention wrong, by 21 %');
  await expect(processor).toHaveText('Processor: computes right');
  await expect(window.at('title.shots')).toHaveText('Loom Mini runs on Processor');
  await window.at('settings.device').click();
  await expect(window.page.getByRole('option')).toHaveText(['Automatic', 'Processor']);
});

test('shots run on the chosen device, and the engine chip says so', async ({ window }) => {
  await window.turn({ gpuFault: undefined });
  await window.at('title.settings').click();
  await expect(window.at('title.shots')).toHaveText('Loom Mini runs on GPU (WebGPU)');
  await choose(window, 'device', 'Processor');
  await expect(window.at('title.shots')).toHaveText('Loom Mini runs on Processor');
  expect(await kept(window)).toEqual({ device: 'cpu' });
  await window.at('settings.done').click();
  await window.at('title.engine').click();
  await expect(window.at('title.shots')).toHaveText('Loom Mini runs on Processor');
});

test('what was found of a device says when, and is found anew on request', async ({ window }) => {
  await window.at('title.settings').click();
  await expect(window.at('settings.device-found')).toContainText('Checked Nov 20, 2026');
  await window.turn({ gpuFault: undefined });
  await window.at('settings.device-again').click();
  await expect(window.at('settings.device-found')).toContainText('Checked Nov 21, 2026');
  await expect(window.at('title.device').first()).toHaveText('GPU (WebGPU): computes right');
});

test('where devices cannot be tried again, what was found before stands, and can be asked for anew', async ({
  window,
}) => {
  await window.at('title.settings').click();
  await expect(window.at('settings.device-found')).toContainText('Checked Nov 20, 2026');
  await window.page.evaluate(() => {
    globalThis.window.standIn.devicesFault = new Error('the runner is gone');
  });
  await window.at('settings.device-again').click();
  await expect(window.at('settings.device-found')).toContainText('Checked Nov 20, 2026');
  await expect(window.at('settings.device-again')).toBeEnabled();
});

test('a chosen device that does not work any more stays chosen and is marked, and nothing runs in its place unsaid', async ({
  window,
}) => {
  await window.turn({ gpuFault: { kind: 'absent', said: 'no adapter' } });
  await window.page.evaluate(() => globalThis.window.standIn.settings.change({ device: 'webgpu' }));
  await window.at('title.settings').click();
  await expect(window.at('title.shots')).toHaveText(
    'Loom Mini cannot run on GPU (WebGPU): none that could be used was found',
  );
  await expect(window.at('settings.device')).toContainText('cannot be used');
});
