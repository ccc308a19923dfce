/** What a package is made for. */
export interface Target {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64';
}

/** Where things lie in a packed folder, relative to it. */
export interface Layout {
  /** The folder that electron-builder packs into, under its output folder. */
  readonly folder: string;
  readonly resources: string;
  readonly locales: string;
  /** What carries the fuses. */
  readonly program: string;
}

/** The target of that name, as `linux-x64`; undefined for one that Shotloom is not made for. */
export function targetNamed(name: string): Target | undefined {
  const [platform, arch] = name.split('-');
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return undefined;
  if (arch !== 'x64' && arch !== 'arm64') return undefined;
  // ONNX Runtime has no program for Intel's Macs any more.
  return platform === 'darwin' && arch === 'x64' ? undefined : { platform, arch };
}

export function layoutOf({ platform, arch }: Target): Layout {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  switch (platform) {
    case 'linux':
      return { folder: `linux${suffix}-unpacked`, resources: 'resources', locales: 'locales', program: 'shotloom' };
    case 'win32':
      return { folder: `win${suffix}-unpacked`, resources: 'resources', locales: 'locales', program: 'Shotloom.exe' };
    case 'darwin': {
      const framework = 'Contents/Frameworks/Electron Framework.framework';
      return {
        folder: `mac${suffix}/Shotloom.app`,
        resources: 'Contents/Resources',
        locales: `${framework}/Resources`,
        program: `${framework}/Electron Framework`,
      };
    }
  }
}
