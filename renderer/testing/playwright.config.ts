import { defineConfig } from '@playwright/test';

// The window over the stand-in engine, driven with a real mouse and keyboard. Nothing behind the window is tested here.
export default defineConfig({
  testDir: '.',
  globalSetup: './build-window.ts',
  timeout: 30_000,
  workers: 1,
  fullyParallel: false,
  reporter: 'line',
  outputDir: '../../dist/test-results/window',
  use: {
    viewport: { width: 1600, height: 1000 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      // Chromium's sandbox refuses root; nothing else about it changes.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
