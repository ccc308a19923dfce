import { NumberField as Base } from '@base-ui/react/number-field';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** How many decimals are shown. */
  readonly decimals?: number;
  readonly unit?: string;
  readonly isDisabled?: boolean;
  /** While the number is dragged or stepped: to be shown, not kept. */
  readonly onDraft?: (value: number) => void;
  /** When the hand lets go: one gesture. */
  readonly onCommit: (value: number) => void;
  readonly testId?: string;
}

/** A number that is typed, stepped with the arrows (Shift 10) or dragged sideways by its label. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, min, max, step = 1, decimals = 0, unit, isDisabled = false, onDraft, onCommit, testId } = props;
  return (
    <Base.Root
      className="number-field"
      value={value}
      min={min}
      max={max}
      step={step}
      largeStep={step * 10}
      smallStep={step / 10}
      disabled={isDisabled}
      format={{ maximumFractionDigits: decimals, minimumFractionDigits: decimals, useGrouping: false }}
      locale="en"
      onValueChange={(next, details) => {
        if (next === null || details.reason === 'input-change') return; // half-typed numbers are not shown
        onDraft?.(next);
      }}
      onValueCommitted={(next) => {
        if (next !== null) onCommit(next);
      }}
    >
      <Base.ScrubArea className="scrub-label">
        <span className="label">{label}</span>
        <Base.ScrubAreaCursor />
      </Base.ScrubArea>
      <Base.Group className="field is-small">
        <Base.Input className="tabular" aria-label={label} data-testid={testId} />
        {unit && <span className="text-3">{unit}</span>}
      </Base.Group>
    </Base.Root>
  );
}
