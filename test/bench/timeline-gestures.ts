import type { Page } from '@playwright/test';
import { type Spread, spreadOf } from './figures.ts';

/** A place in the window, in pixels from its top left corner. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Gesture {
  readonly name: 'scrolling' | 'zooming' | 'dragging';
  begin(page: Page): Promise<void>;
  /** One movement of the hand, with the pointer at or about `spot`. */
  move(page: Page, step: number, spot: Spot): Promise<void>;
  end(page: Page): Promise<void>;
}

export const gestures: readonly Gesture[] = [
  {
    name: 'scrolling',
    begin: async () => {},
    move: (page, step) => page.mouse.wheel(step % 60 < 40 ? 60 : -90, 0),
    end: async () => {},
  },
  {
    name: 'zooming',
    begin: (page) => page.keyboard.down('Alt'),
    move: (page, step) => page.mouse.wheel(0, step % 60 < 30 ? -40 : 40),
    end: (page) => page.keyboard.up('Alt'),
  },
  {
    name: 'dragging',
    begin: (page) => page.mouse.down(),
    move: (page, step, { x, y }) => page.mouse.move(x + 4 * (step % 60), y),
    end: async (page) => {
      await page.keyboard.press('Escape');
      await page.mouse.up();
    },
  },
];

/** What a stretch of frames cost. */
export interface FrameCost {
  readonly between: Spread;
  /** Of the window's main thread: scripts, styles, layout and painting. */
  readonly workMs: number;
}

/** Turns the wheel with Alt down, about the pointer. */
export async function zoomIn(page: Page, steps: number): Promise<void> {
  await page.keyboard.down('Alt');
  for (let step = 0; step < steps; step++) await page.mouse.wheel(0, -100);
  await page.keyboard.up('Alt');
}

const movesPerGesture = 120;

/** Makes a gesture and takes down what each of its frames cost. */
export async function costOf(page: Page, gesture: Gesture, spot: Spot): Promise<FrameCost> {
  const devtools = await page.context().newCDPSession(page);
  // In the thread's own time: what others make the machine do does not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySeconds = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  await gesture.begin(page);
  const before = await busySeconds();
  const times = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let last = performance.now();
        const frame = () => {
          const now = performance.now();
          times.push(now - last);
          last = now;
          if ('isGestureOver' in window) {
            delete window.isGestureOver;
            resolve(times);
          } else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
  );
  for (let step = 0; step < movesPerGesture; step++) await gesture.move(page, step, spot);
  await page.evaluate(() => Object.assign(window, { isGestureOver: true }));
  const between = await times;
  const workMs = ((await busySeconds()) - before) * 1000;
  await gesture.end(page);
  await devtools.detach();
  return { between: spreadOf(between), workMs: workMs / between.length };
}
