import type { Rectangle } from 'electron';

/** Where a window lies on the desktop, in the system's own units (device-independent pixels). */
export interface WindowPlace {
  /** Where it lies when it fills nothing. */
  readonly bounds: Rectangle;
  readonly fills: 'nothing' | 'work-area' | 'screen';
}

/** What a new window is given; without a position the system puts it into the middle. */
export interface WindowOpening extends Pick<Rectangle, 'width' | 'height'> {
  readonly at?: { readonly x: number; readonly y: number };
  readonly fills: WindowPlace['fills'];
}

/** Below this the window does not shrink. */
export const smallest = { width: 1280, height: 720 } as const;
const usual = { width: 1600, height: 1000 } as const;
/** So much of the top must be seen for the window to be got hold of. */
const handle = { width: 120, height: 40 } as const;
const stepAside = 28;

/**
 * Where a new window opens: where the last one lay, if it can still be got hold of there, one step aside of every window
 * that lies just there, and no larger than its screen.
 *
 * @param screens the part of each that windows may cover, the first being the main one; never none
 */
export function openingFor(
  last: WindowPlace | undefined,
  screens: readonly Rectangle[],
  taken: readonly Rectangle[],
): WindowOpening {
  const wanted = last?.bounds ?? { ...usual, x: Number.NaN, y: Number.NaN };
  const screen = screens.find((each) => canBeHeld(wanted, each));
  const within = screen ?? screens[0] ?? { ...usual, x: 0, y: 0 };
  const size = {
    width: Math.max(smallest.width, Math.min(wanted.width, within.width)),
    height: Math.max(smallest.height, Math.min(wanted.height, within.height)),
  };
  const fills = last?.fills ?? 'nothing';
  return screen ? { ...size, at: aside(wanted, taken), fills } : { ...size, fills };
}

/** Whether enough of a window's top lies on a screen. */
function canBeHeld(window: Rectangle, screen: Rectangle): boolean {
  const shown = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const isTopShown = window.y >= screen.y && window.y + handle.height <= screen.y + screen.height;
  return shown >= handle.width && isTopShown;
}

function aside({ x, y }: Rectangle, taken: readonly Rectangle[]): { readonly x: number; readonly y: number } {
  const isTaken = taken.some((each) => each.x === x && each.y === y);
  return isTaken ? aside({ x: x + stepAside, y: y + stepAside, width: 0, height: 0 }, taken) : { x, y };
}
