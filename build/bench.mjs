// `npm run bench`: what the promises on speed look like on this machine, as one table. `npm run bench -- ping seek` runs
// parts. Figures are ratios within one run wherever that is possible, as machines are busy and unlike; ends with 1 only
// when a stated bound is missed, or a part could not be measured.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each is a program of its own under `test/bench`; what it measures is told at its head. */
const parts = ['ping', 'clip', 'seek', 'timeline', 'export', 'media'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown[0]}" of the bench. There are: ${parts.join(', ')}.`);
  process.exit(2);
}

const rows = [];
const broken = [];
for (const part of parts) {
  if (asked.length > 0 && !asked.includes(part)) continue;
  const started = Date.now();
  process.stderr.write(`${part} … `);
  const { code, figures } = await measure(part);
  console.error(`${Math.round((Date.now() - started) / 1000)} s`);
  rows.push(...figures);
  if (code !== 0 || figures.length === 0) broken.push(part);
}

console.log(`\n${table(rows)}`);
const missed = rows.filter((row) => row.bound && !row.bound.isMet);
for (const { what, measured, bound } of missed) console.log(`\nMissed: ${what}: ${measured}, and not ${bound.words}.`);
for (const part of broken) console.log(`\nNot measured: ${part}. The lines above say why.`);
process.exitCode = missed.length + broken.length > 0 ? 1 : 0;

/** Runs a part; its figures come as lines of JSON. */
async function measure(part) {
  const program = join(root, 'test', 'bench', `${part}-bench.ts`);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const figures = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const figure = line.startsWith('{"figure":') ? JSON.parse(line).figure : undefined;
    if (figure) figures.push(figure);
    else console.error(line);
  }
  return { code: await ended, figures };
}

function table(figures) {
  const told = figures.map(({ what, measured, bound, beside }) => [
    what,
    measured,
    bound ? `${bound.words}${bound.isMet ? '' : '  MISSED'}` : '',
    beside ?? '',
  ]);
  const lines = [['', 'measured (p50 / p95 / max)', 'bound', 'beside'], ...told];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
