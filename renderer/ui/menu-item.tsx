import { ContextMenu } from '@base-ui/react/context-menu';
import { useWords } from '../i18n/index.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-shapes.ts';

export interface MenuItemProps {
  readonly icon: IconName;
  readonly label: MessageKey;
  /** Shown faintly at the end: the keys that do the same. */
  readonly keys?: string;
  readonly onChoose: () => void;
}

/** A line of a context menu. */
export function MenuItem({ icon, label, keys, onChoose }: MenuItemProps) {
  const words = useWords();
  return (
    <ContextMenu.Item className="menu-item" onClick={onChoose}>
      <Icon name={icon} />
      {words(label)}
      {keys && <span className="menu-keys">{keys}</span>}
    </ContextMenu.Item>
  );
}
