import { Select } from '@base-ui/react/select';
import { useId } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-shapes.ts';
import { usePopupHost } from './popup-host.ts';

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  /** Said at the right of the field and the row, fainter. */
  readonly note?: string;
}

export interface SelectFieldProps<T> {
  readonly label: string;
  readonly icon?: IconName;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChoose: (value: T) => void;
  readonly title?: string | undefined;
  readonly testId?: string;
}

/** A labelled field that opens a short list. */
export function SelectField<T extends string | number>(props: SelectFieldProps<T>) {
  const { label, icon, value, choices, onChoose, title, testId } = props;
  const labelId = useId();
  const host = usePopupHost();
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <div className="column field-group">
      <span className="label" id={labelId}>
        {label}
      </span>
      <Select.Root
        value={value}
        onValueChange={(next) => {
          if (next !== null) onChoose(next);
        }}
        modal={false}
      >
        <Select.Trigger className="field" aria-labelledby={labelId} data-testid={testId} title={title}>
          {icon && <Icon name={icon} />}
          <span className="field-value tabular">{chosen?.label}</span>
          {chosen?.note && <span className="text-3">{chosen.note}</span>}
          <Icon name="chevron-down" />
        </Select.Trigger>
        <Select.Portal container={host}>
          <Select.Positioner
            className="popup-layer"
            positionMethod="fixed"
            align="start"
            alignItemWithTrigger={false}
            sideOffset={4}
          >
            <Select.Popup className="popup menu select-menu">
              {choices.map((choice) => (
                <Select.Item key={choice.value} value={choice.value} className="menu-item">
                  <span className="menu-check">
                    <Select.ItemIndicator>
                      <Icon name="check" sizePx={14} />
                    </Select.ItemIndicator>
                  </span>
                  <Select.ItemText className="tabular">{choice.label}</Select.ItemText>
                  {choice.note && <span className="menu-keys">{choice.note}</span>}
                </Select.Item>
              ))}
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </div>
  );
}
