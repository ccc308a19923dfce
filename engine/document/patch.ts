// A patch says how one document became the next, as plain JSON for the journal. Documents share what did not change,
// so the difference is found by identity and costs what the gesture touched, not what the film holds.

export type Path = readonly (string | number)[];

export type PatchStep =
  | { readonly op: 'set'; readonly path: Path; readonly value: unknown }
  | { readonly op: 'unset'; readonly path: Path }
  | {
      readonly op: 'splice';
      readonly path: Path;
      readonly at: number;
      readonly remove: number;
      readonly insert: readonly unknown[];
    };

export type Patch = readonly PatchStep[];

/** The steps that turn `before` into `after`: `applyPatch(before, diff(before, after))` equals `after`. */
export function diff(before: unknown, after: unknown): Patch {
  const steps: PatchStep[] = [];
  compare(before, after, [], steps);
  return steps;
}

/** The document after a patch; the one given is not touched. Throws when the patch does not fit it. */
export function applyPatch<T>(document: T, patch: Patch): T {
  return patch.reduce<unknown>((current, step) => applyStep(current, step, step.path), document) as T; // its own schema checks it
}

function compare(before: unknown, after: unknown, path: Path, steps: PatchStep[]): void {
  if (Object.is(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) compareArrays(before, after, path, steps);
  else if (isRecord(before) && isRecord(after)) compareRecords(before, after, path, steps);
  else steps.push({ op: 'set', path, value: after });
}

function compareRecords(before: Fields, after: Fields, path: Path, steps: PatchStep[]): void {
  for (const key of Object.keys(before)) {
    if (after[key] === undefined) steps.push({ op: 'unset', path: [...path, key] });
  }
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    if (before[key] === undefined) steps.push({ op: 'set', path: [...path, key], value });
    else compare(before[key], value, [...path, key], steps);
  }
}

function compareArrays(before: readonly unknown[], after: readonly unknown[], path: Path, steps: PatchStep[]): void {
  let start = 0;
  while (start < before.length && start < after.length && Object.is(before[start], after[start])) start++;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (tail < shorter && Object.is(before.at(-1 - tail), after.at(-1 - tail))) tail++;

  const removed = before.slice(start, before.length - tail);
  const inserted = after.slice(start, after.length - tail);
  if (removed.length !== inserted.length) {
    steps.push({ op: 'splice', path, at: start, remove: removed.length, insert: inserted });
    return;
  }
  for (const [index, value] of inserted.entries()) compare(removed[index], value, [...path, start + index], steps);
}

function applyStep(current: unknown, step: PatchStep, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return applyHere(current, step);
  if (Array.isArray(current) && typeof key === 'number' && key < current.length) {
    return current.with(key, applyStep(current[key], step, rest));
  }
  if (isRecord(current) && typeof key === 'string' && (rest.length === 0 || current[key] !== undefined)) {
    if (step.op === 'unset' && rest.length === 0) return withoutKey(current, key);
    return { ...current, [key]: applyStep(current[key], step, rest) };
  }
  throw new Error(`the patch does not fit the document at ${step.path.join('.')}`);
}

function applyHere(current: unknown, step: PatchStep): unknown {
  if (step.op === 'set') return step.value;
  if (step.op === 'splice' && Array.isArray(current) && step.at + step.remove <= current.length) {
    return current.toSpliced(step.at, step.remove, ...step.insert);
  }
  throw new Error(`the patch does not fit the document at ${step.path.join('.')}`);
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutKey(record: Fields, key: string): Fields {
  const { [key]: _, ...rest } = record;
  return rest;
}
