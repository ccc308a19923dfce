import { expect, test } from './app.ts';
import { still } from './rushes.ts';

// The same product for someone who works in Chinese: words, prompt and names, from the start page to a shot stopped midway.

const prompt = '一艘红色帆船在大海里移动，旋翼机';
const name = '一艘红色帆船';

test('用中文：写提示词、取消、撤销、再生成', async ({ app }) => {
  const { editor } = app;
  const { keyboard } = editor.page;
  await editor.at('title.settings').click();
  await editor.at('settings.language').click();
  await editor.page.getByRole('option', { name: '简体中文' }).click();
  await editor.at('settings.done').click();
  await expect(editor.page.getByRole('heading', { name: '从这里开始你的片子' })).toBeVisible();
  await editor.newProject();
  await expect(editor.at('edit.bin')).toContainText('还没有素材');

  await editor.useTinyPack(200);
  await editor.describe(prompt);
  await expect(editor.marked('known')).toContainText(['一艘', '红色', '帆船']);
  await expect(editor.marked('ignored')).toHaveText(['旋翼机']);

  await test.step('一步之内取消', async () => {
    const said = await editor.noteWhatIsSaid({ clip: '[role=gridcell].grid-clip' });
    const lastStep = async () => {
      const steps = (await said()).clip?.flatMap((each) => Number(/第 (\d+) \/ 200 步/.exec(each)?.[1] ?? 0));
      return Math.max(...(steps ?? []));
    };
    await editor.at('edit.inspector.generate').click();
    await editor.untilSampling(name);
    const goOn = app.holdRunner(); // a shot of the tiny pack would be over before the hand is at the button
    await editor.at('edit.inspector.cancel').click();
    const before = await whenStill(lastStep); // what the runner said before it was held has arrived
    goOn();
    await expect(editor.clips(name)).toHaveAccessibleName(/已取消/);
    expect(await lastStep()).toBeLessThanOrEqual(before + 1);
    await expect(editor.at('window.notice')).toContainText('已取消');
    await expect(editor.at('title.queue')).toHaveText('队列为空');
  });

  await test.step('撤销拿走它，重做放回来，重试完成它', async () => {
    await keyboard.press('Escape');
    await editor.at('title.undo').click();
    await expect(editor.clips(name)).toHaveCount(0);
    await editor.at('title.redo').click();
    await expect(editor.clips(name)).toHaveCount(1);
    await editor.clips(name).click({ button: 'right' });
    await editor.page.getByRole('menuitem', { name: '重新生成' }).click();
    await expect(editor.clips(name)).toHaveAccessibleName(/，生成，/);
    await editor.import(still.name);
    await editor.append(still.name);
    expect(await editor.track('V1')).toHaveLength(2);
  });

  await test.step('关掉再打开，还是原样', async () => {
    await editor.at('status.saved').waitFor();
    const film = await editor.film();
    await app.close();
    await app.reopen();
    await editor.page.getByRole('button', { name: /^未命名/ }).click();
    await expect(editor.page.getByRole('gridcell').first()).toBeVisible();
    expect(film[1]).toHaveLength(2);
    await expect.poll(async () => (await editor.film())[1]).toHaveLength(2);
  });
});

/** A number once it has been the same twice, half a second apart. */
async function whenStill(read: () => Promise<number>): Promise<number> {
  let [earlier, now] = [Number.NaN, await read()];
  while (earlier !== now) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    [earlier, now] = [now, await read()];
  }
  return now;
}
