import { join } from 'node:path';
import { build } from 'vite';

export const standInFolder = join(import.meta.dirname, '../../dist/renderer-stand-in');

/** Builds the window with its stand-in engine once for all specs. */
export default async function buildWindow(): Promise<void> {
  await build({ configFile: join(import.meta.dirname, '../../build/vite.stand-in.config.ts'), logLevel: 'warn' });
}
