import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Arch, build, type Configuration, Platform } from 'electron-builder';
import { bundledLicences, bundledPackages } from './bundled-packages.ts';
import { componentsFor } from './components.ts';
import { layoutOf, type Target } from './target.ts';

export interface PackOptions {
  readonly root: string;
  readonly target: Target;
  /** Where packages go; emptied of an earlier one of this target. */
  readonly output: string;
  /** A folder with Electron as its download holds it; without one, electron-builder fetches it. */
  readonly electron: string | undefined;
  /** The Node 24 and the FFmpeg that the package brings along. */
  readonly node: string;
  readonly ffmpeg: string;
}

/** Packs what lies built in `dist` into the folder that an installer installs. Answers that folder. */
export async function pack(options: PackOptions): Promise<string> {
  const { root, target, output, electron, node, ffmpeg } = options;
  const folder = join(output, layoutOf(target).folder);
  rmSync(folder, { recursive: true, force: true });
  layOutLicences(root, target);
  layOutWindow(root);
  // electron-builder.yml names them so; it takes them from the checkout on.
  process.env.SHOTLOOM_PACKAGE_NODE = relative(root, node);
  process.env.SHOTLOOM_PACKAGE_FFMPEG = relative(root, ffmpeg);
  const isForeign = target.platform !== process.platform;
  const config: Configuration = {
    directories: { output },
    // There is no module to install or to collect: what is native lies beside the archive.
    beforeBuild: async () => false,
    ...(electron !== undefined && { electronDist: electron, afterExtract: removeStartPage }),
    // Only Windows can write into a Windows program.
    ...(isForeign &&
      target.platform === 'win32' && { disableAsarIntegrity: true, win: { signAndEditExecutable: false } }),
  };
  await build({
    projectDir: root,
    targets: targetsOf(target, ['dir']),
    publish: 'never',
    config,
  });
  return folder;
}

/** Makes the installers of its system from a packed folder that was found to be well. */
export async function makeInstallers({ root, target, output }: PackOptions, folder: string): Promise<void> {
  const config: Configuration = { directories: { output } };
  await build({ projectDir: root, targets: targetsOf(target, []), publish: 'never', config, prepackaged: folder });
}

/** @param forms none for those of electron-builder.yml */
function targetsOf({ platform, arch }: Target, forms: string[]) {
  const system = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[platform];
  return system.createTarget(forms, arch === 'x64' ? Arch.x64 : Arch.arm64);
}

function layOutLicences(root: string, target: Target): void {
  const folder = join(root, 'dist/licences');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { text } of componentsFor(target)) if (text) copyFileSync(join(root, text.from), join(folder, text.name));
  writeFileSync(join(folder, 'bundled.txt'), bundledLicences(bundledPackages(root)));
}

/** The window as `shotloom serve` serves it: what electron-builder lays beside the archive, it keeps out of that. */
function layOutWindow(root: string): void {
  const [from, to] = [join(root, 'dist/renderer'), join(root, 'dist/served-window')];
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, filter: (path) => basename(path) !== 'bundled.json' });
}

/** What shows where Electron is started without a program: electron-builder leaves it in a folder that it did not fetch. */
async function removeStartPage({ appOutDir }: { readonly appOutDir: string }): Promise<void> {
  for (const path of ['resources/default_app.asar', 'version']) rmSync(join(appOutDir, path), { force: true });
}
