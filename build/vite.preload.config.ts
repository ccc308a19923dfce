import { defineConfig } from 'vite';

// The desktop's preload script: one CommonJS file, which is all that a sandboxed one may be. Built after the main
// process, into the same folder.
export default defineConfig({
  build: {
    target: 'chrome140',
    outDir: 'dist/desktop',
    emptyOutDir: false,
    copyPublicDir: false,
    minify: false,
    lib: { entry: 'app/preload/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
});
