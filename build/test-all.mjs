// `npm test`: every check and every test, one after the other, and one closing line with the counts of all of them.
// `npm test -- unit` (or `check`, `package`, `window`, `parity`, `e2e`) runs a part. ffprobe is out of reach of all of them:
// what comes with the product is ffmpeg alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathWithout } from './without-program.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, 'dist', 'test-reports');
const bin = (...path) => join(root, 'node_modules', ...path);

const parts = {
  check: () => ({ command: [join(root, 'build', 'check.mjs')], count: countOfOne }),
  unit: () => vitest('unit', 'vitest.config.ts'),
  package: () => vitest('package', 'test/package/vitest.config.ts'),
  window: () => playwright('window', 'renderer/testing/playwright.config.ts'),
  parity: () => playwright('parity', 'test/parity/playwright.config.ts'),
  e2e: () => playwright('e2e', 'test/e2e/playwright.config.ts'),
};

const asked = process.argv.slice(2);
const path = pathWithout('ffprobe', process.env.PATH ?? '', join(root, 'dist', 'test-path'));
const total = { passed: 0, failed: 0, skipped: 0 };
mkdirSync(reports, { recursive: true });
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { command, count, env } = part();
  if (!command) continue;
  const started = Date.now();
  console.log(`\n— ${name}`);
  rmSync(report(name), { force: true });
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, PATH: path },
  });
  const counted = count(status);
  // A runner that dies without a report, or reports success and exits otherwise, is one failure more.
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
  console.log(`— ${name}: ${line(counted)} in ${Math.round((Date.now() - started) / 1000)} s`);
}
console.log(`\n${line(total)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function vitest(name, config) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report(name)}`];
  return {
    command: [bin('vitest', 'vitest.mjs'), 'run', '--config', config, ...reporters],
    count: () => countVitest(report(name)),
  };
}

function playwright(name, config) {
  if (!existsSync(join(root, config))) return {};
  return {
    command: [bin('@playwright', 'test', 'cli.js'), 'test', '--config', config, '--reporter=line,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report(name), PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    count: () => countPlaywright(report(name)),
  };
}

function report(name) {
  return join(reports, `${name}.json`);
}

function countOfOne(status) {
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

function countVitest(path) {
  const read = readReport(path);
  return {
    passed: read?.numPassedTests ?? 0,
    failed:
      (read?.numFailedTests ?? 0) + (read?.numFailedTestSuites && !read.numFailedTests ? read.numFailedTestSuites : 0),
    skipped: (read?.numPendingTests ?? 0) + (read?.numTodoTests ?? 0),
  };
}

function countPlaywright(path) {
  const stats = readReport(path)?.stats;
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  };
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
