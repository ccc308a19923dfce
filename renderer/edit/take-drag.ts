import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TakeFacts } from '../../engine/document/film.ts';
import { followPointer, type Pull } from '../ui/follow-pointer.ts';

/** Takes on their way from the bin, as they follow the pointer. */
export interface TakeDrag {
  readonly takes: readonly TakeFacts[];
  readonly clientX: number;
  readonly clientY: number;
  /** The target shows them itself. */
  readonly isShownByTarget: boolean;
}

/** Where takes can be let go. */
export interface TakeTarget {
  readonly element: HTMLElement;
  readonly over: (takes: readonly TakeFacts[], pull: Pull) => void;
  readonly leave: () => void;
  readonly drop: () => void;
}

const targets = new Set<TakeTarget>();

export const takeDrag: StoreApi<TakeDrag | undefined> = createStore<TakeDrag | undefined>(() => undefined);

/** Offers a place to let takes go; returns how to withdraw it. */
export function offerTakeTarget(target: TakeTarget): () => void {
  targets.add(target);
  return () => void targets.delete(target);
}

/** Follows takes from a press in the bin to wherever they are let go. */
export function dragTakes(press: PointerEvent, takes: readonly TakeFacts[]): void {
  let current: TakeTarget | undefined;
  const leave = () => {
    current?.leave();
    current = undefined;
    takeDrag.setState(undefined, true);
  };
  followPointer(press, {
    move: (pull) => {
      const { clientX, clientY } = pull;
      const next = [...targets].find(({ element }) => isInside(element, pull));
      takeDrag.setState({ takes, clientX, clientY, isShownByTarget: next !== undefined }, true);
      if (next !== current) current?.leave();
      current = next;
      next?.over(takes, pull);
    },
    release: (_, hasMoved) => {
      if (hasMoved) current?.drop();
      leave();
    },
    cancel: leave,
  });
}

function isInside(element: HTMLElement, { clientX, clientY }: Pull): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
}
