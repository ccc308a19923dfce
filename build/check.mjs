// `npm run check`: formatting, lint and types, without running anything.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (...path) => join(root, 'node_modules', ...path);

const checks = [
  ['Biome', [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings']],
  ['TypeScript', [bin('typescript', 'bin', 'tsc'), '-p', '.']],
  ['TypeScript, pure folders', [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.pure.json']],
];

for (const [name, args] of checks) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${name} found something to mend.`);
    process.exitCode = 1;
  }
}
