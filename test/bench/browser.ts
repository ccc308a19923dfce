import { type Browser, chromium } from '@playwright/test';

/** The Chromium that the tests drive, without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    // Chromium's sandbox refuses root; nothing else about it changes.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}
