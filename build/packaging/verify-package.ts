import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fuses } from '../fuses.ts';
import { readArchive } from './archive.ts';
import { bundledPackages } from './bundled-packages.ts';
import { type ComponentName, componentsFor } from './components.ts';
import { readFuses } from './fuse-wire.ts';
import { noticeText } from './notice.ts';
import { archivedFiles, filesIn, resourceFiles } from './shipped-files.ts';
import { layoutOf, type Target } from './target.ts';

export interface PackedFolder {
  readonly root: string;
  readonly target: Target;
  /** The packed folder itself. */
  readonly folder: string;
  /** The Electron it was made from, where that lies in a folder: what is beside our own files is compared with it. */
  readonly electron: string | undefined;
}

export interface Verdict {
  /** What keeps the package from being one, a line each. */
  readonly faults: readonly string[];
  readonly bytes: ReadonlyMap<ComponentName, number>;
}

/**
 * Looks at a packed folder: exactly the files there should be, nothing of another system, the archive whole, the fuses as
 * they must be, two languages, and NOTICE and licences for everything in it.
 */
export function verifyPackage(packed: PackedFolder): Verdict {
  const { root, target, folder } = packed;
  const layout = layoutOf(target);
  const resources = join(folder, layout.resources);
  const expected = resourceFiles(root, target);
  const faults = [
    ...difference(filesIn(resources), [...expected.keys()]).map((each) => `resources: ${each}`),
    ...archiveFaults(root, join(resources, 'app.asar')),
    ...fuseFaults(join(folder, layout.program)),
    ...languageFaults(join(folder, layout.locales), target),
    ...noticeFaults(root, resources, expected, target),
    ...startFaults(resources, target),
    ...electronFaults(packed),
  ];
  return { faults, bytes: bytesByComponent(folder, layout.resources, expected) };
}

function difference(found: readonly string[], wanted: readonly string[]): string[] {
  const [there, due] = [new Set(found), new Set(wanted)];
  return [
    ...found.filter((path) => !due.has(path)).map((path) => `${path} does not belong there`),
    ...wanted.filter((path) => !there.has(path)).map((path) => `${path} is missing`),
  ];
}

function archiveFaults(root: string, path: string): string[] {
  try {
    const files = readArchive(path);
    const misfits = difference([...files.keys()], archivedFiles(root));
    const { main } = JSON.parse(String(files.get('package.json') ?? '{}'));
    return [...misfits, ...(files.has(main) ? [] : [`main is ${main}, which is not there`])].map(
      (each) => `archive: ${each}`,
    );
  } catch (error) {
    return [String(error)];
  }
}

function fuseFaults(program: string): string[] {
  const burnt: Readonly<Record<string, boolean | undefined>> = readFuses(program);
  return Object.entries({ ...fuses, wasmTrapHandlers: true }).flatMap(([name, wanted]) =>
    burnt[name] === wanted ? [] : [`fuse ${name} is ${burnt[name]}, not ${wanted}`],
  );
}

const languages: Readonly<Record<Target['platform'], readonly string[]>> = {
  linux: ['en-US.pak', 'zh-CN.pak'],
  win32: ['en-US.pak', 'zh-CN.pak'],
  darwin: ['en.lproj', 'zh_CN.lproj'],
};

function languageFaults(folder: string, { platform }: Target): string[] {
  const found = filesIn(folder).map((path) => path.split('/')[0] ?? '');
  const locales = [...new Set(found)].filter((name) => /\.(pak|lproj)$/.test(name));
  return difference(locales, languages[platform]).map((each) => `languages: ${each}`);
}

/** Every component has its lines in NOTICE, and its licence's text beside it. */
function noticeFaults(root: string, resources: string, shipped: ReadonlyMap<string, ComponentName>, target: Target) {
  const notice = readFileSync(join(resources, 'NOTICE'), 'utf8');
  const unnamed = [...new Set(shipped.values())].filter(
    (name) => !notice.split('\n').some((line) => line === name || line.startsWith(`  ${name}  `)),
  );
  const isOld = notice !== noticeText(bundledPackages(root));
  const empty = componentsFor(target).filter(
    ({ text }) => text && readFileSync(join(resources, 'licences', text.name)).length < 100,
  );
  return [
    ...unnamed.map((name) => `NOTICE: ${name} is not named`),
    ...(isOld ? ['NOTICE: not what is bundled; run node build/packaging/write-notice.ts'] : []),
    ...empty.map(({ name }) => `licences: the text for ${name} is empty`),
  ];
}

function startFaults(resources: string, { platform }: Target): string[] {
  if (platform === 'win32') return [];
  const programs = ['bin/shotloom', 'node/bin/node', 'node_modules/ffmpeg-static/ffmpeg'];
  return programs.flatMap((path) => {
    try {
      accessSync(join(resources, 'shotloom', path), constants.X_OK);
      return [];
    } catch {
      return [`${path} cannot be run`];
    }
  });
}

/** Beside our own lies what lay in Electron's folder, but for other languages and its own start page. */
function electronFaults({ folder, electron, target }: PackedFolder): string[] {
  // On macOS electron-builder makes the program's bundles anew, names included.
  if (electron === undefined || target.platform === 'darwin') return [];
  const { program, resources } = layoutOf(target);
  const renamed: Readonly<Record<string, string>> = {
    electron: program,
    'electron.exe': program,
    LICENSE: 'LICENSE.electron.txt',
  };
  const isKept = (path: string) =>
    path !== 'version' &&
    !path.startsWith(`${resources}/`) &&
    (!path.startsWith('locales/') || languages[target.platform].includes(path.slice('locales/'.length)));
  const wanted = filesIn(electron)
    .filter(isKept)
    .map((path) => renamed[path] ?? path);
  const found = filesIn(folder).filter((path) => !path.startsWith(`${resources}/`));
  return difference(found, wanted).map((each) => `Electron: ${each}`);
}

function bytesByComponent(folder: string, resources: string, shipped: ReadonlyMap<string, ComponentName>) {
  const bytes = new Map<ComponentName, number>();
  for (const path of filesIn(folder)) {
    const own = path.startsWith(`${resources}/`) ? shipped.get(path.slice(resources.length + 1)) : undefined;
    const component = own ?? 'Electron';
    bytes.set(component, (bytes.get(component) ?? 0) + statSync(join(folder, path)).size);
  }
  return bytes;
}
