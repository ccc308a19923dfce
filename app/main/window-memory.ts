import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { z } from 'zod';
import { openingFor, type WindowOpening, type WindowPlace } from './window-place.ts';

const pixels = z.number().int().min(-100_000).max(100_000);
const placeSchema: z.ZodType<WindowPlace> = z.object({
  bounds: z.object({ x: pixels, y: pixels, width: pixels.positive(), height: pixels.positive() }),
  fills: z.enum(['nothing', 'work-area', 'screen']),
});

/** Knows where the last window lay, from one start of the program to the next. */
export interface WindowMemory {
  /** Where the next window opens; asked once the app is ready. */
  opening(): WindowOpening;
  /** Keeps in mind where a window lies, from now until it closes. */
  follow(window: BrowserWindow): void;
}

/** A dragged window moves at every frame; its place is written once it rests. */
const restMs = 500;
const moves = ['move', 'resize', 'maximize', 'unmaximize', 'enter-full-screen', 'leave-full-screen'] as const;

export function openWindowMemory(path: string): WindowMemory {
  const followed = new Set<BrowserWindow>();
  let last = readPlace(path);
  let timer: NodeJS.Timeout | undefined;

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (last) writePlace(path, last);
  };
  const note = (window: BrowserWindow) => {
    last = placeOf(window);
    clearTimeout(timer);
    timer = setTimeout(write, restMs);
  };

  return {
    opening: () => {
      const { id } = screen.getPrimaryDisplay();
      const displays = screen.getAllDisplays().sort((a, b) => Number(b.id === id) - Number(a.id === id));
      const taken = [...followed].map((window) => window.getNormalBounds());
      return openingFor(
        last,
        displays.map(({ workArea }) => workArea),
        taken,
      );
    },
    follow: (window) => {
      followed.add(window);
      window.once('closed', () => {
        followed.delete(window);
        if (timer) write(); // it cannot be asked any more, but was
      });
      // Electron types each event of its own; what they tell is asked for instead.
      for (const move of moves) window.on(move as 'move', () => note(window));
    },
  };
}

function placeOf(window: BrowserWindow): WindowPlace {
  const fills = window.isFullScreen() ? 'screen' : window.isMaximized() ? 'work-area' : 'nothing';
  const { x, y, width, height } = window.getNormalBounds();
  // A window is opened by the size of its page: what the system draws around it must not be added at every start.
  const [outer, page] = [window.getBounds(), window.getContentBounds()];
  const frame = { width: outer.width - page.width, height: outer.height - page.height };
  return { bounds: { x, y, width: width - frame.width, height: height - frame.height }, fills };
}

function readPlace(path: string): WindowPlace | undefined {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** For convenience: that it cannot be kept is no reason to say anything. */
function writePlace(path: string, place: WindowPlace): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.pending`, `${JSON.stringify(place)}\n`);
    renameSync(`${path}.pending`, path);
  } catch {}
}
