import { join } from 'node:path';
import { defineConfig, mergeConfig } from 'vite';
import shipped from './vite.renderer.config.ts';

const root = join(import.meta.dirname, '..');

// The window over the stand-in engine, built as the shipped one is.
export default mergeConfig(
  shipped,
  defineConfig({
    build: {
      outDir: join(root, 'dist/renderer-stand-in'),
      rolldownOptions: { input: join(root, 'renderer/testing/index.html') },
    },
  }),
);
