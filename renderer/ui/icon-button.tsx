import { Tooltip } from '@base-ui/react/tooltip';
import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-shapes.ts';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  /** The name for those who cannot see the icon, and the tooltip for those who can. */
  readonly label: string;
  readonly icon?: IconName;
  /** A letter in place of an icon: M, S. */
  readonly letter?: string;
  readonly keys?: string | undefined;
  /** Given for a toggle. */
  readonly isOn?: boolean;
  readonly accent?: 'plain' | 'accent' | 'alarm';
  readonly size?: 'small' | 'medium' | 'wide';
  readonly testId?: string;
}

export function IconButton({
  label,
  icon,
  letter,
  keys,
  isOn,
  accent = 'plain',
  size = 'medium',
  testId,
  ...rest
}: IconButtonProps) {
  return (
    <WithTooltip label={label} keys={keys}>
      <button
        type="button"
        className={`icon-button is-${size} is-${accent} ${isOn ? 'is-on' : ''}`}
        aria-label={label}
        data-testid={testId}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
        {...rest}
      >
        {icon ? <Icon name={icon} sizePx={size === 'small' ? 14 : 16} /> : letter}
      </button>
    </WithTooltip>
  );
}

/** What a control does and which keys do it, after the pointer has rested on it. */
export function WithTooltip({
  label,
  keys,
  children,
}: {
  readonly label: ReactNode;
  readonly keys?: string | undefined;
  readonly children: React.ReactElement<Record<string, unknown>>;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner className="popup-layer" sideOffset={6}>
          <Tooltip.Popup className="tooltip">
            {label}
            {keys && <span className="key">{keys}</span>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
