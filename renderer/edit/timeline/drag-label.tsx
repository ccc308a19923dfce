import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { formatOffset } from '../../../engine/document/timecode.ts';
import { useWords } from '../../i18n/index.ts';
import { useSequence } from '../../state/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useTimeline } from './timeline-context.tsx';

/** The outcome of a gesture in words, at the pointer, before it is let go. */
export function DragLabel() {
  const words = useWords();
  const { stage } = useTimeline();
  const label = useStore(stage, (state) => state.label);
  const rate = useSequence((sequence) => sequence.rate);
  if (!label || (label.offset === undefined && !label.words)) return null;
  const style = { transform: `translate(${label.clientX + 14}px, ${label.clientY - 34}px)` };
  return createPortal(
    <div
      className={`drag-label ${label.isRefused ? 'alarm' : ''}`}
      style={style}
      data-testid="edit.timeline.drag-label"
    >
      {label.isRefused && <Icon name="warning" sizePx={14} />}
      {label.offset !== undefined && <span className="tabular">{formatOffset(label.offset, rate)}</span>}
      {label.words && <span>{words(label.words)}</span>}
    </div>,
    document.body,
  );
}
