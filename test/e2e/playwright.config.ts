import { defineConfig } from '@playwright/test';

// The editor as a person meets it: the built window in a real browser, the real engine and runner behind it.
export default defineConfig({
  testDir: '.',
  timeout: 180_000,
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
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      // Chromium's sandbox refuses root; nothing else about it changes.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
