import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, useRef } from 'react';
import { PopupHost } from './popup-host.ts';

export interface DialogProps {
  readonly title: ReactNode;
  readonly text?: ReactNode;
  readonly widthPx: number;
  /** Called by Escape, by a press outside, and by whatever closes it; the safe choice. */
  readonly onClose: () => void;
  readonly children?: ReactNode;
  readonly footer?: ReactNode;
  readonly testId?: string;
}

/** Holds the focus until it is answered; the first field or the primary button has it first. */
export function Dialog({ title, text, widthPx, onClose, children, footer, testId }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup ref={popup} className="dialog popup" style={{ width: widthPx }} data-testid={testId}>
          <PopupHost value={popup}>
            <div className="dialog-head">
              <Base.Title className="dialog-title">{title}</Base.Title>
            </div>
            {text && <Base.Description className="dialog-text">{text}</Base.Description>}
            {children}
            {footer && <div className="dialog-foot">{footer}</div>}
          </PopupHost>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
