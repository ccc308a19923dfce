import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFinding } from './machine-findings.ts';

test('Node is well from 24.15 on and below 25, as package.json says', () => {
  const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(engines.node).toBe('>=24.15 <25');
  for (const version of ['v24.15.0', 'v24.21.0'])
    expect(nodeFinding(version), version).toMatchObject({ standing: 'well' });
  for (const version of ['v24.14.9', 'v24.2.0', 'v25.15.0', 'v22.20.0', 'v124.15.0']) {
    expect(nodeFinding(version), version).toMatchObject({
      standing: 'broken',
      detail: expect.stringContaining(version),
    });
  }
});
