import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-shapes.ts';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly look?: 'default' | 'primary' | 'quiet' | 'outline' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: IconName;
  /** Shown faintly behind the words: the keys that do the same. */
  readonly keys?: string | undefined;
  readonly testId?: string;
  readonly children?: ReactNode;
}

/** Says verb and object. One primary button a page. */
export function Button({ look = 'default', size = 'medium', icon, keys, testId, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button is-${look} is-${size}`} data-testid={testId} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
      {keys && <span className="button-keys tabular">{keys}</span>}
    </button>
  );
}
