import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

export interface SplitterProps {
  readonly label: string;
  /** The direction in which the edge moves. */
  readonly axis: 'x' | 'y';
  /** Whether the panel grows as the edge goes left or up. */
  readonly growsBackward?: boolean;
  readonly sizePx: number;
  readonly minPx: number;
  readonly maxPx: number;
  readonly onResize: (sizePx: number) => void;
  readonly onReset: () => void;
  readonly testId?: string;
}

const keyStepPx = 8;

/** The gutter between two panels: dragged, moved with the arrows, put back by a double click or Enter. */
export function Splitter(props: SplitterProps) {
  const { label, axis, growsBackward = false, sizePx, minPx, maxPx, onResize, onReset, testId } = props;
  const press = useRef<{ readonly at: number; readonly sizePx: number } | undefined>(undefined);
  const sign = growsBackward ? -1 : 1;
  const resize = (px: number) => onResize(Math.max(minPx, Math.min(maxPx, Math.round(px))));

  const onPointerMove = (event: PointerEvent) => {
    if (!press.current) return;
    const moved = (axis === 'x' ? event.clientX : event.clientY) - press.current.at;
    resize(press.current.sizePx + sign * moved);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [back, forward] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key === 'Enter') onReset();
    else if (event.key === back) resize(sizePx - sign * keyStepPx);
    else if (event.key === forward) resize(sizePx + sign * keyStepPx);
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved; ARIA's window splitter is a focusable separator
    <div
      className={`splitter is-${axis}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={sizePx}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      data-testid={testId}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        press.current = { at: axis === 'x' ? event.clientX : event.clientY, sizePx };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        press.current = undefined;
      }}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
    />
  );
}
