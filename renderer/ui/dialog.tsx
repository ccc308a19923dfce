import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, useRef } from 'react';
import { PopupHost } from './popup-host.ts';

export interface DialogProps {
  readonly title: ReactNode;
  readonly text?: ReactNode;
  readonly widthPx: number;
  /** Stands beside the work, which goes on: it holds no focus, and no press outside it closes it. */
  readonly isModeless?: boolean;
  /** Called by Escape, by a press outside, and by whatever closes it; the safe choice. */
  readonly onClose: () => void;
  readonly children?: ReactNode;
  /** The buttons that answer it, at the end of its last line: the primary one last. */
  readonly footer?: ReactNode;
  /** What stands at the beginning of that line. */
  readonly footerStart?: ReactNode;
  readonly testId?: string;
}

/** Holds the focus until it is answered; the first field or the primary button has it first. */
export function Dialog(props: DialogProps) {
  const { title, text, widthPx, isModeless = false, onClose, children, footer, footerStart, testId } = props;
  const popup = useRef<HTMLDivElement>(null);
  const onOpenChange = (isOpen: boolean, details: Base.Root.ChangeEventDetails) => {
    if (isOpen) return;
    // Escape in the work beside a dialog is meant for the work.
    const isForWork = isModeless && details.reason === 'escape-key' && !isWithin(popup.current, details.event.target);
    if (!isForWork) return onClose();
    details.cancel();
    details.allowPropagation();
  };
  return (
    <Base.Root open modal={!isModeless} disablePointerDismissal={isModeless} onOpenChange={onOpenChange}>
      <Base.Portal>
        {!isModeless && <Base.Backdrop className="scrim" />}
        <Base.Popup
          ref={popup}
          className={`dialog popup ${isModeless ? 'is-modeless' : ''}`}
          style={{ width: widthPx }}
          data-testid={testId}
        >
          <PopupHost value={popup}>
            <div className="dialog-head">
              <Base.Title className="dialog-title">{title}</Base.Title>
            </div>
            {text && <Base.Description className="dialog-text">{text}</Base.Description>}
            {children}
            {footer && (
              <div className="dialog-foot">
                {footerStart}
                <span className="spacer" />
                {footer}
              </div>
            )}
          </PopupHost>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function isWithin(element: HTMLElement | null, target: EventTarget | null): boolean {
  return target instanceof Node && (element?.contains(target) ?? false);
}
