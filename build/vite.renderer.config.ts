import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '..');

// The window: one bundle for both hosts. Chromium only, so nothing is compiled down; nothing is inlined, so that the
// content security policy needs no exception for scripts or data.
export default defineConfig({
  root: join(root, 'renderer'),
  plugins: [react()],
  server: { fs: { allow: [root] } },
  build: {
    outDir: join(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'bundled.json' },
    reportCompressedSize: false,
  },
});
