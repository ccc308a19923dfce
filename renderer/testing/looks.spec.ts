import AxeBuilder from '@axe-core/playwright';
import type { WindowSettings } from '../state/settings-store.ts';
import { expect, test, type Window } from './drive.ts';
import { states } from './states.ts';

// Every state of the window in both sizes, themes and languages: what a machine can say of its accessibility, and a
// picture for the eye in `dist/test-results/window`.

interface Look {
  readonly name: string;
  readonly settings: Partial<WindowSettings>;
  readonly size: { readonly width: number; readonly height: number };
}

const looks: readonly Look[] = [
  { name: 'large-dark-en', settings: { theme: 'dark', language: 'en' }, size: { width: 1600, height: 1000 } },
  { name: 'small-light-zh', settings: { theme: 'light', language: 'zh-CN' }, size: { width: 1280, height: 720 } },
];

test.use({ settings: { motion: 'reduced' } });

for (const state of states) {
  test(`${state.name} has no accessibility faults and fits the window`, async ({ window }, testInfo) => {
    await state.reach(window);
    for (const look of looks) {
      await wear(window, look);
      await window.page.screenshot({ path: testInfo.outputPath(`${state.name}-${look.name}.png`) });
      expect(await accessibilityFaults(window), look.name).toEqual([]);
      expect(await pageSize(window), look.name).toEqual(look.size);
    }
  });
}

/** Every rule there is. The sentinels that hand the focus on at the ends of a list never keep it: they are no content. */
async function accessibilityFaults(window: Window): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: window.page }).exclude('[data-base-ui-focus-guard]').analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

async function wear(window: Window, { settings, size }: Look): Promise<void> {
  await window.page.setViewportSize(size);
  await window.page.evaluate((given) => globalThis.window.ownSettings.setState(given), settings);
  await expect(window.page.locator('html')).toHaveAttribute('lang', settings.language ?? '');
  await window.nextFrame();
}

/** How much room the page takes; more than the window's would scroll. */
async function pageSize(window: Window): Promise<Look['size']> {
  return window.page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { width: scrollWidth, height: scrollHeight };
  });
}
