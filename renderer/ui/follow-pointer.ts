import { isMac } from '../commands/registry.ts';

/** Where a held pointer is, and which keys are held with it. */
export interface Pull {
  readonly clientX: number;
  readonly clientY: number;
  readonly alt: boolean;
  readonly mod: boolean;
  readonly shift: boolean;
  /** S is down: snapping is turned round. */
  readonly isInverting: boolean;
}

export interface PullHandlers {
  /** At most once a frame, after the pointer has gone far enough to be a drag; also when a held key changes. */
  readonly move: (pull: Pull) => void;
  readonly release: (pull: Pull, hasMoved: boolean) => void;
  /** Escape, or the window lost the pointer: nothing may be left of the gesture. */
  readonly cancel: () => void;
}

/** Far enough that a hand that only meant to click is not taken to drag. */
const thresholdPx = 4;

/** Follows a pressed pointer across the window until it is let go. Keys of a gesture reach nobody else. */
export function followPointer(press: PointerEvent, { move, release, cancel }: PullHandlers): void {
  let pull = pullOf(press, false);
  let hasMoved = false;
  let frame = 0;
  const leaving = new AbortController();
  const options = { signal: leaving.signal, capture: true };

  const update = (next: Pull) => {
    pull = next;
    hasMoved ||= Math.hypot(next.clientX - press.clientX, next.clientY - press.clientY) >= thresholdPx;
    if (!hasMoved || frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      move(pull);
    });
  };
  const end = () => {
    cancelAnimationFrame(frame);
    leaving.abort();
  };

  addEventListener('pointermove', (event) => update(pullOf(event, pull.isInverting)), options);
  addEventListener(
    'pointerup',
    (event) => {
      update(pullOf(event, pull.isInverting));
      end();
      if (hasMoved) move(pull);
      release(pull, hasMoved);
    },
    options,
  );
  const giveUp = () => {
    end();
    cancel();
  };
  addEventListener('pointercancel', giveUp, options);
  addEventListener('blur', giveUp, { signal: leaving.signal }); // of the window: captured, it would be of any field
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    event.preventDefault();
    if (event.key === 'Escape') giveUp();
    else update({ ...pull, ...heldWith(event), isInverting: isInvertingAfter(event, pull.isInverting) });
  };
  addEventListener('keydown', onKey, options);
  addEventListener('keyup', onKey, options);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place in the window as pixels from an element's top left corner. */
export function pointIn(element: HTMLElement, at: { readonly clientX: number; readonly clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: at.clientX - left, y: at.clientY - top };
}

function pullOf(event: PointerEvent, isInverting: boolean): Pull {
  return { clientX: event.clientX, clientY: event.clientY, ...heldWith(event), isInverting };
}

function heldWith(event: PointerEvent | KeyboardEvent): Pick<Pull, 'alt' | 'mod' | 'shift'> {
  return { alt: event.altKey, mod: isMac ? event.metaKey : event.ctrlKey, shift: event.shiftKey };
}

function isInvertingAfter({ type, code }: KeyboardEvent, before: boolean): boolean {
  return code === 'KeyS' ? type === 'keydown' : before;
}
