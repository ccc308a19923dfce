import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { examine } from './examine.ts';

// `npm run campaign -- media FOLDER`: every file of a folder from import to export, a line each.

const folder = resolve(process.argv[2] ?? '.');
const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
let faulty = 0;
for (const { name } of files.sort((a, b) => a.name.localeCompare(b.name))) {
  const { said, faults, found } = await examine(join(folder, name));
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${name}\n    ${said}\n    ${found.join('; ')}`);
  for (const fault of faults) console.log(`    FAULT: ${fault}`);
  if (faults.length > 0) faulty += 1;
}
console.log(`\n${files.length} files, ${faulty} with faults`);
process.exitCode = faulty > 0 ? 1 : 0;
