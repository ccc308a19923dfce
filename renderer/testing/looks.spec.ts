import AxeBuilder from '@axe-core/playwright';
import type { Settings } from '../state/settings-store.ts';
import { expect, test } from './drive.ts';

// Pictures of the pages for the eye, and what a machine can say of their accessibility.

const looks: readonly {
  readonly name: string;
  readonly settings: Partial<Settings>;
  readonly size: [number, number];
}[] = [
  { name: 'dark', settings: { theme: 'dark', language: 'en' }, size: [1600, 1000] },
  { name: 'light-zh', settings: { theme: 'light', language: 'zh-CN' }, size: [1600, 1000] },
  { name: 'small', settings: { theme: 'dark', language: 'zh-CN' }, size: [1280, 720] },
];

for (const { name, settings, size } of looks) {
  test.describe(name, () => {
    test.use({ settings, viewport: { width: size[0], height: size[1] } });

    test('the start page and a cut in progress have no accessibility faults', async ({ window }, testInfo) => {
      const look = async (page: string) => {
        await window.page.screenshot({ path: testInfo.outputPath(`${name}-${page}.png`) });
        const { violations } = await new AxeBuilder({ page: window.page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      };
      await look('start');
      await window.turn({ stepMs: 250 });
      await window.at('start.prompt').fill('A red boat drifts past the moon at night');
      await window.at('start.generate').click();
      await expect(window.at('edit.inspector.running')).toBeVisible();
      await window.nextFrame();
      await look('edit');
      const box = await window.at('edit.page').boundingBox();
      expect([box?.width, box?.height]).toEqual(size);
    });
  });
}
