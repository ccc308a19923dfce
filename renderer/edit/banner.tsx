import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';

export interface BannerProps {
  readonly about: 'lost' | 'incompatible' | 'reader' | 'read-only' | 'generator';
  readonly text: string;
  /** What can be done about it, or must not be. Without, it passes by itself. */
  readonly children?: ReactNode;
}

/** A line over the page that stands as long as what it tells of; it never takes the focus. */
export function Banner({ about, text, children }: BannerProps) {
  const isAlarm = about === 'lost' || about === 'incompatible' || about === 'generator';
  return (
    <div className="banner" role={isAlarm && children ? 'alert' : 'status'} data-testid={`edit.banner.${about}`}>
      <span {...(isAlarm && { className: 'alarm' })}>
        <Icon name={isAlarm ? 'warning' : 'eye'} />
      </span>
      {text}
      <span className="spacer" />
      {children}
    </div>
  );
}
