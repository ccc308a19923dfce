import { defineConfig } from 'vite';

// Everything that runs on Node: the engine, the runner it starts, the web host and the command line. One file each beside
// shared chunks; only what is native, or must be found on disk, stays outside.
export default defineConfig({
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/node',
    emptyOutDir: true,
    minify: false,
    license: { fileName: 'bundled.json' },
    rolldownOptions: {
      input: {
        engine: 'engine/host/main.ts',
        runner: 'engine/runner/main.ts',
        web: 'app/web/main.ts',
        cli: 'engine/cli/main.ts',
      },
      // Beside the programs, not below: code finds resources and the other programs from where it lies.
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
  ssr: { noExternal: true, external: ['onnxruntime-node', 'ffmpeg-static'] },
});
