import { defineConfig } from 'vite';

// The desktop shell's main process, on Electron's own Node. A folder of its own: it is what the package's archive holds,
// beside the window.
export default defineConfig({
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/desktop',
    emptyOutDir: true,
    minify: false,
    license: { fileName: 'bundled.json' },
    rolldownOptions: { input: { main: 'app/main/main.ts' }, output: { entryFileNames: '[name].mjs' } },
  },
  ssr: { noExternal: true, external: ['electron'] },
});
