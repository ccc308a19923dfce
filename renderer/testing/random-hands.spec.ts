import fc from 'fast-check';
import type { Film } from '../../engine/document/film.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';
import { brokenInvariants } from '../../engine/document/invariants.ts';
import { expect, test, type Window } from './drive.ts';

// Mouse and keyboard at random: whatever hands do, the film stays whole, the window complains of nothing (`drive.ts`
// fails the test if it does), and undo leads back to where it began. `npm run campaign -- hands` does it for hours.
const actionCount = Number(process.env.SHOTLOOM_ACTIONS ?? 40);
const seed = Number(process.env.SHOTLOOM_SEED ?? 20261121);
test.setTimeout(60_000 + actionCount * 3_000);

test(`whatever hands do, the film stays whole and undo leads back (seed ${seed})`, async ({ window }) => {
  await window.newProject();
  await window.import(...takes);
  const start = fingerprint(await filmOf(window));
  const lots = lotsOf(seed, actionCount * lotsAnAction);
  const done: string[] = [];
  for (let count = 0; count < actionCount; count++) {
    done.push(await act(window, lots));
    const faults = brokenInvariants(await filmOf(window));
    expect(faults, `after ${done.join(', ')}`).toEqual([]);
  }
  await window.page.keyboard.press('Escape');
  for (let count = 0; count < actionCount + 5; count++) await window.page.keyboard.press('Control+z');
  await window.at('title.saving').waitFor({ state: 'detached' });
  await expect.poll(async () => fingerprint(await filmOf(window)), { message: done.join(', ') }).toBe(start);
});

/** A whole number from 0 to below `limit`. */
type Lots = (limit: number) => number;

const lotsAnAction = 12;

function lotsOf(from: number, count: number): Lots {
  const drawn = fc.sample(fc.noBias(fc.nat()), { seed: from, numRuns: count }).values();
  return (limit) => (drawn.next().value ?? 0) % Math.ceil(limit);
}

const takes = ['Harbour_A014.mov', 'Gulls_B002.mov', 'Map insert.png', 'Mira VO 01.mp3'] as const;

const keys = [
  ...['Delete', 'Shift+Delete', 'Control+k', 'Control+Shift+k', 'Control+z', 'Control+Shift+z', 'Alt+ArrowLeft'],
  ...['Alt+ArrowRight', 'ArrowLeft', 'ArrowRight', 'Shift+ArrowRight', 'Home', 'End', 'Equal', 'Minus', 'Backslash'],
  ...['c', 'v', 's', 'Control+l', 'Control+a', 'Escape', 'Tab', 'i', 'o', 'e', 'Space'],
];

/** One action of a hand; answers its name. */
async function act(window: Window, below: Lots): Promise<string> {
  const kind = below(10);
  if (kind < 2) {
    const take = takes[below(takes.length)] ?? takes[0];
    // Delete takes a take that nothing uses out of the bin.
    if ((await window.take(take).count()) === 0) return `no ${take}`;
    await window.append(take);
    return `append ${take}`;
  }
  if (kind < 6) {
    const key = keys[below(keys.length)] ?? 'Escape';
    await window.page.keyboard.press(key);
    return key;
  }
  return moveMouse(window, below);
}

async function moveMouse({ page }: Window, below: Lots): Promise<string> {
  const lanes = await page.getByTestId('edit.timeline.lanes').boundingBox();
  if (!lanes) throw new Error('no timeline');
  const spot = () => ({ x: lanes.x + below(lanes.width), y: lanes.y + below(lanes.height) });
  const from = spot();
  await page.mouse.move(from.x, from.y);
  if (below(4) === 0) {
    const [across, down] = [below(400) - 200, below(400) - 200];
    await page.mouse.wheel(across, down);
    return `wheel ${across} ${down}`;
  }
  const to = below(3) === 0 ? from : spot();
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 3 });
  if (below(6) === 0) await page.keyboard.press('Escape');
  await page.mouse.up();
  return `drag ${[from.x, from.y, to.x, to.y].map(Math.round).join(' ')}`;
}

async function filmOf({ page }: Window): Promise<Film> {
  const film = await page.evaluate(() => [...globalThis.window.standIn.projects.values()][0]?.film);
  if (!film) throw new Error('no film');
  return film;
}
