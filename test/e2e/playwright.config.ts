import { defineConfig } from '@playwright/test';
import type { HostOption } from './app.ts';
import { whyNoElectron } from './electron-here.ts';

// Once, not in every worker.
if (whyNoElectron !== undefined && process.env.TEST_WORKER_INDEX === undefined) {
  console.log(`Not run under Electron: ${whyNoElectron}.`);
}

// The editor as a person meets it: the built window in a real browser, the real engine and runner behind it.
export default defineConfig<HostOption>({
  testDir: '.',
  timeout: 480_000,
  // Shots, exports and restarts are waited for by what they say; these only end a wait that nothing will end.
  expect: { timeout: 60_000 },
  // The machine has two cores and a journey keeps both busy.
  workers: 1,
  fullyParallel: false,
  reporter: 'line',
  outputDir: '../../dist/test-results/e2e',
  projects: [
    { name: 'browser', testIgnore: 'electron.spec.ts', use: { host: 'browser' } },
    // The same journeys in the desktop shell, and what it alone can show.
    {
      name: 'electron',
      testMatch: /(journey|chinese|settings|security|electron)\.spec\.ts$/,
      use: { host: 'electron' },
    },
  ],
  use: {
    viewport: { width: 1600, height: 1000 },
    colorScheme: 'dark',
    locale: 'en-US',
    actionTimeout: 60_000,
    screenshot: 'only-on-failure',
    // A trace costs as much as the journey itself; ask for one to see what went on: SHOTLOOM_TRACE=1.
    trace: process.env.SHOTLOOM_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      // Where the system names no language Chromium finds no file with a name beyond ASCII.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      // Chromium's sandbox refuses root; nothing else about it changes.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
