import { defineConfig } from '@playwright/test';

// The editor as a person meets it: the built window in a real browser, the real engine and runner behind it.
export default defineConfig({
  testDir: '.',
  timeout: 420_000,
  expect: { timeout: 20_000 },
  // The machine has two cores and a journey keeps both busy.
  workers: 1,
  fullyParallel: false,
  reporter: 'line',
  outputDir: '../../dist/test-results/e2e',
  use: {
    viewport: { width: 1600, height: 1000 },
    colorScheme: 'dark',
    locale: 'en-US',
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    // A trace costs as much as the journey itself; ask for one to see what went on: SHOTLOOM_TRACE=1.
    trace: process.env.SHOTLOOM_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      // Chromium's sandbox refuses root; nothing else about it changes.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
