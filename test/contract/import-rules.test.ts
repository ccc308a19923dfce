import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

// Imports point one way, type imports included (ARCHITECTURE.md). A folder may import itself, the folders and files named
// here, and the packages named here; `*` admits any package that runs where the folder does, so Node's own only in the
// engine and in hosts.
interface Rule {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}
const core = ['engine/contract', 'engine/document'];
const shared = [...core, 'engine/render', 'engine/rpc/client.ts', 'engine/rpc/port.ts'];

const rules: Readonly<Record<string, Rule>> = {
  'engine/document': { folders: [], packages: [] },
  'engine/contract': { folders: ['engine/document'], packages: ['zod', '@orpc/contract'] },
  'engine/render': { folders: ['engine/document'], packages: [] },
  'engine/rpc': { folders: core, packages: ['@orpc/', 'node:'] },
  'engine/generate': { folders: core, packages: [] },
  'engine/packs': { folders: [...core, 'engine/generate'], packages: ['zod', 'node:'] },
  'engine/project': { folders: [...core, 'engine/rpc'], packages: ['zod', 'node:'] },
  'engine/library': { folders: [...core, 'engine/project'], packages: ['zod', 'node:'] },
  'engine/caches': { folders: [...core, 'engine/project'], packages: ['zod', 'node:'] },
  'engine/jobs': { folders: [...core, 'engine/library'], packages: ['node:path'] },
  'engine/media': { folders: [...core, 'engine/project', 'engine/render'], packages: ['*', 'node:'] },
  'engine/export': { folders: [...core, 'engine/media', 'engine/project', 'engine/render'], packages: ['node:'] },
  'engine/runner': {
    folders: [...core, 'engine/generate', 'engine/packs', 'engine/rpc'],
    packages: ['zod', 'node:'],
  },
  'engine/host': { folders: ['engine', 'package.json'], packages: ['*', 'node:'] },
  'engine/cli': { folders: ['engine'], packages: ['*', 'node:'] },
  renderer: { folders: shared, packages: ['*'] },
  // The window's own tests serve it to a browser, and so run on Node.
  'renderer/testing': { folders: ['renderer', 'engine/rpc', ...shared], packages: ['*', 'node:'] },
  app: { folders: [...shared, 'engine/rpc'], packages: ['*', 'node:'] },
};

/** Packages that belong to one folder alone. */
const owners: Readonly<Record<string, readonly string[]>> = {
  electron: ['app/main', 'app/preload', 'app/testing'],
  'onnxruntime-node': ['engine/runner'],
};

const root = join(import.meta.dirname, '../..');
const ours = ['app', 'renderer', 'engine'].flatMap((folder) => sourcesBelow(join(root, folder)));

test('every import points the way it may', () => {
  const wrong = ours.flatMap((file) => importsOf(file).flatMap((imported) => faultsOf(file, imported)));
  expect(wrong).toEqual([]);
});

test('the rules look at every source there is', () => {
  for (const file of ['app/web/main.ts', 'renderer/app.tsx', 'engine/document/film.ts']) {
    expect(ours.map((each) => slashed(relative(root, each)))).toContain(file);
  }
  expect(ours.every((file) => importsOf(file).length === 0)).toBe(false);
  const unruled = ours.map((file) => slashed(relative(root, file))).filter((file) => ruleFor(file) === '');
  expect(unruled).toEqual([]);
});

test('an import is seen however it is written', () => {
  const text = `import type { A } from './a.ts';\nexport * from "../b.ts";\nconst c = await import('./c.ts');\nimport './d.ts';
import {
  e, // it's not to be missed
} from './e.ts';
type F = import('./f.ts').F; // import './not-one.ts';
const url = 'https://example.org'; import g from './g.ts';`;
  expect(specifiersIn(text)).toEqual(['./a.ts', '../b.ts', './c.ts', './d.ts', './e.ts', './f.ts', './g.ts']);
});

test.each([
  ['engine/document/x.ts', 'node:fs'],
  ['engine/document/x.ts', '../contract/job.ts'],
  ['engine/media/x.ts', '../../renderer/y.ts'],
  ['engine/media/x.ts', 'onnxruntime-node'],
  ['engine/host/x.ts', 'electron'],
  ['renderer/host/x.ts', 'electron'],
  ['app/web/x.ts', 'electron'],
  ['engine/host/x.ts', '../../app/launcher.ts'],
  ['engine/jobs/x.ts', '../host/engine.ts'],
  ['engine/project/x.ts', '../library/library.ts'],
  ['renderer/x.ts', '../engine/media/y.ts'],
  ['renderer/x.ts', '../engine/rpc/engine-socket.ts'],
  ['renderer/state/x.ts', 'node:fs'],
  ['renderer/state/x.ts', '../testing/drive.ts'],
  ['renderer/x.ts', '../app/web/access.ts'],
  ['app/web/x.ts', '../../engine/host/engine.ts'],
])('%s may not import %s', (file, imported) => {
  expect(faultsOf(join(root, file), imported)).toHaveLength(1);
});

function faultsOf(file: string, imported: string): string[] {
  const from = slashed(relative(root, file));
  const rule = rules[ruleFor(from)];
  const isTest = /\.test\.tsx?$/.test(from);
  if (!rule) return [`${from} lies in no folder the rules name`];
  if (imported.startsWith('.')) {
    const to = slashed(relative(root, normalize(join(dirname(file), imported))));
    const isOwn = ruleFor(to) === ruleFor(from);
    const isStandIn = isTest && from.startsWith('renderer/') && to.startsWith('renderer/testing/');
    return isOwn || isStandIn || rule.folders.some((folder) => to === folder || to.startsWith(`${folder}/`))
      ? []
      : [`${from} imports ${to}`];
  }
  const owner = Object.entries(owners).find(([name]) => imported === name || imported.startsWith(`${name}/`));
  if (owner) return owner[1].some((folder) => from.startsWith(`${folder}/`)) ? [] : [`${from} imports ${imported}`];
  const isAllowed = (name: string) => (name === '*' ? !imported.startsWith('node:') : imported.startsWith(name));
  return isTest || rule.packages.some(isAllowed) ? [] : [`${from} imports ${imported}`];
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
    /(?:^|\n|;)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n|;)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
  return [...withoutComments(text).matchAll(statement)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** A quote in a comment between the names of an import would else hide what it imports. */
function withoutComments(text: string): string {
  const quotedOrComment = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(quotedOrComment, (found) => (found.startsWith('/') ? '' : found));
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
