import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Vitest runs what needs no browser: units beside the code, and what of test/ has no window.
// Playwright runs the rest (test/e2e, test/parity).
export default defineConfig({
  // The real one, resolved from plain Node, would start a download.
  resolve: { alias: [{ find: /^electron$/, replacement: join(import.meta.dirname, 'app/testing/electron.ts') }] },
  test: {
    include: [
      '{engine,renderer,app,build}/**/*.test.{ts,tsx}',
      'test/{contract,property,process,conformance,media}/**/*.test.ts',
    ],
    globalSetup: 'test/global-setup.ts',
    pool: 'forks',
    testTimeout: 30_000,
  },
});
