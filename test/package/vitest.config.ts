import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Packs the whole product, so it is a part of its own: `npm test -- package`.
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/package/**/*.test.ts'],
    globalSetup: 'test/global-setup.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
