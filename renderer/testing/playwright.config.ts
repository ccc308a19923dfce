import { defineConfig } from '@playwright/test';

// The window over the stand-in engine, driven with a real mouse and keyboard. Nothing behind the window is tested here.
export default defineConfig({
  testDir: '.',
  globalSetup: './build-window.ts',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  fullyParallel: false,
  reporter: 'line',
  outputDir: '../../dist/test-results/window',
  use: {
    viewport: { width: 1600, height: 1000 },
    // Days that pages write out are the same on every machine.
    timezoneId: 'UTC',
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      // Where the system names no language Chromium finds no file with a name beyond ASCII.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      // Chromium's sandbox refuses root; nothing else about it changes.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
