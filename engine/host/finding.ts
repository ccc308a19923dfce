/** How one thing that Shotloom uses stands on this machine. */
export interface Finding {
  readonly name: string;
  /** `spared`: it is not there, or does not work, and the machine does without it. */
  readonly standing: 'well' | 'spared' | 'broken';
  readonly detail: string;
}

/** Findings as lines for the eye. */
export function findingLines(findings: readonly Finding[]): string[] {
  return findings.map(({ name, standing, detail }) => `${marks[standing]} ${name.padEnd(10)} ${detail}`);
}

const marks: Readonly<Record<Finding['standing'], string>> = { well: '✓', spared: '–', broken: '✗' };
