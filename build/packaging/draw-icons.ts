// Draws the program's icons from icons/icon.svg: the sizes Linux wants, and the containers of Windows and macOS. Run by
// hand when the picture changes: `node build/packaging/draw-icons.ts`; what it draws is committed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { icnsOf, icoOf } from './icon-files.ts';

const folder = join(import.meta.dirname, 'icons');
const sizesPx = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;

const picture = readFileSync(join(folder, 'icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
const drawn = new Map<number, Buffer>();
for (const sizePx of sizesPx) {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  const scaled = picture.replace(
    'width="64" height="64"',
    `width="${sizePx}" height="${sizePx}" style="display: block"`,
  );
  await page.setContent(`<body style="margin: 0">${scaled}`);
  drawn.set(sizePx, await page.screenshot({ omitBackground: true }));
}
await browser.close();

for (const [sizePx, png] of drawn) if (sizePx <= 512) writeFileSync(join(folder, `${sizePx}x${sizePx}.png`), png);
writeFileSync(join(folder, 'icon.ico'), icoOf(drawn));
writeFileSync(join(folder, 'icon.icns'), icnsOf(drawn));
