import { expect, test } from 'vitest';
import { FailureError } from '../contract/failure.ts';
import { failureOf } from './failure-of.ts';

const silent = () => {};

test('a failure that was thrown as one stays what it is', () => {
  const failure = { code: 'bad-request', reason: 'no such size' } as const;
  expect(failureOf(new FailureError(failure), silent)).toEqual(failure);
});

test('a network that finds no memory says how much it wanted', () => {
  const arena = 'Non-zero status code: Failed to allocate memory for requested buffer of size 536870912';
  expect(failureOf(new Error(arena), silent)).toMatchObject({ code: 'out-of-memory', neededBytes: 536870912 });
  for (const message of ['std::bad_alloc', 'Array buffer allocation failed']) {
    expect(failureOf(new Error(message), silent)).toMatchObject({ code: 'out-of-memory', neededBytes: 0 });
  }
});

test('anything else is logged under the id that the editor is shown', () => {
  const lines: string[] = [];
  const failure = failureOf(new Error('unforeseen'), (line) => lines.push(line));
  expect(failure).toMatchObject({ code: 'internal' });
  expect(lines.join()).toContain('reportId' in failure && failure.reportId);
  expect(lines.join()).toContain('unforeseen');
});
