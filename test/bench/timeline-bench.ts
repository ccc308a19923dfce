import type { Browser, Page } from '@playwright/test';
import buildWindow, { standInFolder } from '../../renderer/testing/build-window.ts';
import { serveFolder } from '../../renderer/testing/static-server.ts';
import { openBrowser } from './browser.ts';
import { atMost, inMilliseconds, tell } from './figures.ts';
import { fillFilm, openProject } from './timeline-film.ts';
import { costOf, type FrameCost, gestures, zoomIn } from './timeline-gestures.ts';

// What a frame costs the window while one scrolls, zooms and drags on a timeline of 2,000 clips, beside the same
// gestures on an empty one: the real window over its stand-in engine in Chromium, moved by a real mouse.
const clipCount = 2000;
const frameMs = 16.7;

await buildWindow();
const site = await serveFolder(standInFolder);
let browser: Browser | undefined;
try {
  browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  await openProject(page, site.url);
  const empty = await measure(page);
  await fillFilm(page, clipCount);
  const full = await measure(page);
  for (const gesture of gestures) report(gesture.name, empty[gesture.name], full[gesture.name]);
} finally {
  await browser?.close();
  site.close();
}

function report(name: string, empty: FrameCost | undefined, full: FrameCost | undefined): void {
  if (!empty || !full) throw new Error(`${name} was not measured`);
  const work = `work ${full.workMs.toFixed(1)} ms a frame, ${(full.workMs / empty.workMs).toFixed(1)} × empty`;
  tell({
    what: `timeline of ${clipCount.toLocaleString('en')} clips, ${name}`,
    measured: inMilliseconds(full.between),
    beside: `${inMilliseconds(empty.between)} empty; ${work}`,
    bound: { ...atMost(full.workMs, frameMs), words: `work ≤ ${frameMs} ms` },
  });
}

async function measure(page: Page): Promise<Record<string, FrameCost>> {
  const lanes = await page.getByTestId('edit.timeline.lanes').boundingBox();
  if (!lanes) throw new Error('no timeline');
  const spot = { x: lanes.x + lanes.width / 2, y: lanes.y + lanes.height * 0.4 };
  const costs: Record<string, FrameCost> = {};
  for (const gesture of gestures) {
    await page.getByTestId('edit.timeline.fit').click();
    await page.mouse.move(spot.x, spot.y);
    if (gesture.name !== 'zooming') await zoomIn(page, 8);
    costs[gesture.name] = await costOf(page, gesture, spot);
  }
  return costs;
}
