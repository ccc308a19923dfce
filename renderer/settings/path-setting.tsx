import { useId, useState } from 'react';
import type { Failure } from '../../engine/contract/failure.ts';
import { useWords } from '../i18n/index.ts';

export interface PathSettingProps {
  readonly label: string;
  /** What was set; empty where Shotloom goes by itself. */
  readonly value: string;
  /** What stands in the empty field. */
  readonly placeholder: string;
  /** What it comes to now, in words. */
  readonly standing: string;
  /** Keeps a path, or answers why not. */
  readonly onKeep: (path: string) => Promise<Failure | undefined>;
  /** Whether it takes the focus when it appears. */
  readonly isFirst?: boolean;
  readonly testId: string;
}

/** A path that is typed or pasted, and kept by Enter or by leaving the field. Empty, Shotloom goes by itself. */
export function PathSetting({
  label,
  value,
  placeholder,
  standing,
  onKeep,
  isFirst = false,
  testId,
}: PathSettingProps) {
  const words = useWords();
  const id = useId();
  const [text, setText] = useState(value);
  const [refusal, setRefusal] = useState<Failure | undefined>(undefined);
  const keep = async () => {
    const path = text.trim();
    setRefusal(path === value ? undefined : await onKeep(path));
  };
  return (
    <div className="column field-group">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <span className={`field ${refusal ? 'is-refused' : ''}`}>
        <input
          id={id}
          type="text"
          // biome-ignore lint/a11y/noAutofocus: somebody asked for this very row
          autoFocus={isFirst}
          value={text}
          placeholder={placeholder}
          spellCheck={false}
          aria-invalid={refusal !== undefined}
          aria-describedby={`${id}-standing`}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => void keep()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void keep();
          }}
          data-testid={testId}
        />
      </span>
      <span
        id={`${id}-standing`}
        className={`settings-note ${refusal ? 'alarm' : 'text-3'}`}
        role="status"
        data-testid={`${testId}.standing`}
      >
        {refusal ? words({ failure: refusal }) : standing}
      </span>
    </div>
  );
}
