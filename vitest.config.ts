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
    // Tests wait for states; these only end a wait that nothing will end, on a machine as busy as it likes.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
