/**
 * A name that every system takes for one file in one folder: what cannot stand in a name becomes a hyphen, and
 * `fallback` stands in for a name of which nothing is left.
 */
export function fileNameFrom(name: string, fallback: string): string {
  const plain = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-').replaceAll(/^[. ]+|[. ]+$/g, '');
  return plain === '' ? fallback : plain;
}

/** A name that is free in a folder: `name`, else `name 2`, `name 3`, … The ending, if it has one, stays last. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[A-Za-z0-9]{1,5})?$/s.exec(name) ?? [];
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? `${stem}${ending}` : `${stem} ${count}${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}
