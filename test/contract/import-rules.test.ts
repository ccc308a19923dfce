import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

// Imports point one way, type imports included (ARCHITECTURE.md). A folder may import itself, the folders named here,
// and the packages named here; `*` admits any package, which for the engine's edges means Node's own too.
const rules: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[] }>> = {
  'engine/document': { folders: [], packages: [] },
  'engine/contract': { folders: ['engine/document'], packages: ['zod', '@orpc/contract'] },
  'engine/render': { folders: ['engine/document'], packages: [] },
  'engine/rpc': { folders: ['engine/contract', 'engine/document'], packages: ['@orpc/', 'node:'] },
  'engine/generate': { folders: ['engine/contract', 'engine/document'], packages: [] },
  'engine/packs': { folders: ['engine/contract', 'engine/document', 'engine/generate'], packages: ['zod', 'node:'] },
  engine: { folders: ['engine', 'package.json'], packages: ['*'] },
  renderer: { folders: ['engine/contract', 'engine/document', 'engine/render', 'engine/rpc'], packages: ['*'] },
  app: { folders: ['engine/contract', 'engine/document', 'engine/render', 'engine/rpc'], packages: ['*'] },
};

/** Packages that belong to one folder alone. */
const owners: Readonly<Record<string, readonly string[]>> = {
  electron: ['app/main', 'app/preload'],
  'onnxruntime-node': ['engine/runner'],
};

const root = join(import.meta.dirname, '../..');
const ours = ['app', 'renderer', 'engine'].flatMap((folder) => sourcesBelow(join(root, folder)));

test('every import points the way it may', () => {
  const wrong = ours.flatMap((file) => importsOf(file).flatMap((imported) => faultsOf(file, imported)));
  expect(wrong).toEqual([]);
});

test('the rules see type imports, re-exports and dynamic imports', () => {
  const text = `import type { A } from './a.ts';\nexport * from "../b.ts";\nconst c = await import('./c.ts');\nimport './d.ts';`;
  expect(specifiersIn(text)).toEqual(['./a.ts', '../b.ts', './c.ts', './d.ts']);
  expect(faultsOf(join(root, 'engine/document/x.ts'), 'node:fs')).toHaveLength(1);
  expect(faultsOf(join(root, 'engine/media/x.ts'), '../../renderer/y.ts')).toHaveLength(1);
  expect(faultsOf(join(root, 'renderer/x.ts'), '../engine/media/y.ts')).toHaveLength(1);
  expect(faultsOf(join(root, 'engine/media/x.ts'), 'onnxruntime-node')).toHaveLength(1);
});

function faultsOf(file: string, imported: string): string[] {
  const from = slashed(relative(root, file));
  const rule = rules[ruleFor(from)];
  const isTest = /\.test\.tsx?$/.test(from);
  if (!rule) return [`${from} lies in no folder the rules name`];
  if (imported.startsWith('.')) {
    const to = slashed(relative(root, normalize(join(dirname(file), imported))));
    const isOwn = to.startsWith(`${ruleFor(from)}/`);
    return isOwn || rule.folders.some((folder) => to === folder || to.startsWith(`${folder}/`))
      ? []
      : [`${from} imports ${to}`];
  }
  const owner = Object.entries(owners).find(([name]) => imported === name || imported.startsWith(`${name}/`));
  if (owner) return owner[1].some((folder) => from.startsWith(`${folder}/`)) ? [] : [`${from} imports ${imported}`];
  const isAllowed = isTest || rule.packages.some((name) => name === '*' || imported.startsWith(name));
  return isAllowed ? [] : [`${from} imports ${imported}`];
}

function ruleFor(path: string): string {
  const matches = Object.keys(rules).filter((folder) => path.startsWith(`${folder}/`));
  return matches.sort((a, b) => b.length - a.length)[0] ?? '';
}

function importsOf(file: string): string[] {
  return specifiersIn(readFileSync(file, 'utf8'));
}

function specifiersIn(text: string): string[] {
  const statement =
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(statement)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function sourcesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
