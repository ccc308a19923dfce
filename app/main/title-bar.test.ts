import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { desktop, nativeTheme } from '../testing/electron.ts';
import { StandInWindow } from '../testing/electron-window.ts';
import { barColours, titleBars } from './title-bar.ts';

desktop.isReady = true;
const bars = (platform: NodeJS.Platform) => titleBars(platform, () => StandInWindow.getAllWindows() as never);

/** A window with such a bar, as the main process holds it. */
function windowOn(platform: NodeJS.Platform) {
  const bar = bars(platform);
  const window = new StandInWindow(bar.options());
  return {
    window,
    dress: (told: { heightPx: number; theme: 'system' | 'dark' | 'light' }) => bar.dress(window as never, told),
  };
}

test.each(['win32', 'linux'] as const)(
  'on %s the system’s buttons lie over the bar, in the colours of the theme',
  (platform) => {
    const { window, dress } = windowOn(platform);
    expect(window.options).toMatchObject({
      titleBarStyle: 'hidden',
      titleBarOverlay: { ...barColours.dark, height: 44 },
    });
    dress({ heightPx: 40, theme: 'light' });
    expect(window.overlay).toEqual({ ...barColours.light, height: 40 });
    expect(window.ground).toBe(barColours.light.color);
    window.destroy();
  },
);

test('on macOS its own buttons stand left of the mark, in the middle of the bar, in colours of their own', () => {
  const { window, dress } = windowOn('darwin');
  expect(window.options).toMatchObject({ titleBarStyle: 'hidden', trafficLightPosition: { x: 16, y: 16 } });
  dress({ heightPx: 40, theme: 'light' });
  expect(window.buttons).toEqual({ x: 16, y: 14 });
  expect(window.overlay).toBeUndefined();
  expect(window.ground).toBe(barColours.light.color);
  window.destroy();
});

test('where the editor follows the system, every window does when it turns light or dark', () => {
  const { window, dress } = windowOn('linux');
  nativeTheme.isSystemDark = true;
  dress({ heightPx: 44, theme: 'system' });
  expect(window.overlay).toMatchObject(barColours.dark);
  nativeTheme.turn('light');
  expect(window.overlay).toEqual({ ...barColours.light, height: 44 });
  nativeTheme.turn('dark');
  expect(window.overlay).toMatchObject(barColours.dark);
  window.destroy();
});

test('the colours are the page’s own', () => {
  const tokens = readFileSync(join(import.meta.dirname, '../../renderer/ui/tokens.css'), 'utf8');
  const values = (name: string) =>
    [...tokens.matchAll(new RegExp(`${name}: (#[0-9a-f]{6});`, 'g'))].map(([, value]) => value);
  expect(values('--bg-0')).toEqual([barColours.dark.color, barColours.light.color]);
  expect(values('--tx-1')).toEqual([barColours.dark.symbolColor, barColours.light.symbolColor]);
});
