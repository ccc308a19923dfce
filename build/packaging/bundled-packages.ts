import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const packagesSchema = z.array(
  z.object({ name: z.string(), version: z.string(), identifier: z.string(), text: z.string().min(100) }),
);
/** A package of npm whose code is in a bundle, with its licence. */
export type BundledPackage = z.infer<typeof packagesSchema>[number];

/**
 * What the bundles are made of beside our own code, by name, as Vite wrote it down while it made them. Throws where a
 * package comes without a licence or its text.
 */
export function bundledPackages(root: string): readonly BundledPackage[] {
  const read = (bundle: string) =>
    packagesSchema.parse(JSON.parse(readFileSync(join(root, 'dist', bundle, 'bundled.json'), 'utf8')));
  const all = new Map(['node', 'desktop', 'renderer'].flatMap(read).map((each) => [each.name, each]));
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The licence texts of all of them as one file; each text once. */
export function bundledLicences(packages: readonly BundledPackage[]): string {
  const byText = Map.groupBy(packages, ({ text }) => text);
  const heading = (these: readonly BundledPackage[]) =>
    these.map(({ name, version, identifier }) => `${name} ${version} (${identifier})`).join('\n');
  return [...byText].map(([text, these]) => `${heading(these)}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}
