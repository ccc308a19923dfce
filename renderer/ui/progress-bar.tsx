export interface ProgressBarProps {
  /** What is on its way. */
  readonly label: string;
  /** In [0, 1]. */
  readonly done: number;
  /** "Step 19 of 30, 0:42 left". */
  readonly text: string;
  readonly tone?: 'running' | 'resting' | 'failed';
}

/** Moves by transform alone, so that a report costs no layout. */
export function ProgressBar({ label, done, text, tone = 'running' }: ProgressBarProps) {
  return (
    <div
      className={`bar is-${tone}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(done * 100)}
      aria-valuetext={text}
    >
      <span style={{ transform: `scaleX(${done})` }} />
    </div>
  );
}
