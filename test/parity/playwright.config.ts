import { defineConfig } from '@playwright/test';

// What the viewer draws against what the exporter writes, in a real browser without a GPU.
export default defineConfig({
  testDir: '.',
  timeout: 120_000,
  workers: 1,
  fullyParallel: false,
  reporter: 'line',
  outputDir: '../../dist/test-results/parity',
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      // Where the system names no language Chromium finds no file with a name beyond ASCII.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      args: [
        // Chromium's sandbox refuses root; nothing else about it changes.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // WebGL2 in software, the same on every machine.
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--ignore-gpu-blocklist',
        // Sound starts without a gesture, into a device that is not there.
        '--autoplay-policy=no-user-gesture-required',
      ],
    },
  },
});
