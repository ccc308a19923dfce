// `npm run package`: packs Shotloom for the desktop and looks at what came out, file by file.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeInstallers, pack } from './packaging/pack.ts';
import { targetNamed } from './packaging/target.ts';
import { verifyPackage } from './packaging/verify-package.ts';

const usage = `Usage: npm run package [-- OPTIONS]

Packs Shotloom for the desktop: the installers of this system, in dist/package.

  --folder           only the folder that the installers would install
  --for SYSTEM-ARCH  for another machine, as win32-x64; its Node and FFmpeg must be named
  --electron FOLDER  Electron as its download holds it (default: node_modules/electron/dist, else it is fetched)
  --node FILE        the Node 24 to bring along (default: the one from npm, else the one this runs on)
  --ffmpeg FILE      the FFmpeg to bring along (default: the one of the package ffmpeg-static)
  --out FOLDER       where packages go (default: dist/package)
  --help             print this`;

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    folder: { type: 'boolean', default: false },
    for: { type: 'string', default: `${process.platform}-${process.arch}` },
    electron: { type: 'string' },
    node: { type: 'string' },
    ffmpeg: { type: 'string' },
    out: { type: 'string', default: join(root, 'dist/package') },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
process.exitCode = values.help ? help() : await packAndLook();

function help(): number {
  console.log(usage);
  return 0;
}

async function packAndLook(): Promise<number> {
  const target = targetNamed(values.for);
  if (!target) return refuse(`Shotloom is not made for ${values.for}.`);
  const isForeign = target.platform !== process.platform || target.arch !== process.arch;
  const { node = nodeToShip(), ffmpeg = staticFfmpeg() } = values;
  // The programs of this machine would be packed, and would not start on the other.
  if (isForeign && !(values.node && values.ffmpeg))
    return refuse(`--node and --ffmpeg must name the programs for ${values.for}.`);
  if (!ffmpeg)
    return refuse(
      'There is no FFmpeg to ship. `node install.js` in node_modules/ffmpeg-static fetches it; --ffmpeg names one.',
    );
  const electron = values.electron === undefined ? installedElectron() : resolve(values.electron);
  const options = { root, target, electron, node: resolve(node), ffmpeg: resolve(ffmpeg), output: resolve(values.out) };
  const folder = await pack(options);
  const { faults, bytes } = verifyPackage({ root, target, folder, electron });
  console.log(`\n${folder}`);
  for (const [component, count] of bytes) console.log(`${megabytes(count)}  ${component}`);
  console.log(`${megabytes([...bytes.values()].reduce((sum, count) => sum + count, 0))}  together`);
  for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) return 1;
  console.log('Every file is one that should be there.');
  if (values.folder) return 0;
  return makeInstallers(options, folder).then(
    () => 0,
    (error: Error) => {
      console.error(`The folder stands, the installers do not: ${error.message}`);
      return 1;
    },
  );
}

function refuse(sentence: string): number {
  console.error(`${sentence}\n\n${usage}`);
  return 2;
}

function megabytes(count: number): string {
  return `${(count / 1e6).toFixed(1).padStart(8)} MB`;
}

function installedElectron(): string | undefined {
  const folder = join(root, 'node_modules/electron/dist');
  return existsSync(folder) ? folder : undefined;
}

/** One that runs anywhere: a Linux distribution's own needs libraries that others do not have. */
function nodeToShip(): string {
  const fromNpm = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(fromNpm) ? fromNpm : process.execPath;
}

/** The program of the package itself, whatever FFMPEG_BIN says: that one is this machine's. */
function staticFfmpeg(): string | undefined {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const program = join(createRequire(import.meta.url).resolve('ffmpeg-static'), '..', name);
  return existsSync(program) ? program : undefined;
}
