import type { Target } from './target.ts';

/** What the files of a package belong to, as NOTICE names it. */
export type ComponentName =
  | 'Shotloom'
  | 'Electron'
  | 'Node.js'
  | 'FFmpeg'
  | 'ONNX Runtime'
  | 'DirectML'
  | 'DirectX Shader Compiler'
  | 'Inter'
  | 'Loom Mini';

/** A work in the package that has its own name and licence. */
export interface Component {
  readonly name: ComponentName;
  readonly licence: string;
  readonly address: string;
  readonly remark?: string;
  /** Its licence text: what it is called in the package's `licences`, and where it lies in a checkout. */
  readonly text?: { readonly name: string; readonly from: string };
  /** Where it is in the package at all; everywhere unless told otherwise. */
  readonly platforms?: readonly Target['platform'][];
}

/** Programs that are started as processes of their own. */
export const programs: readonly Component[] = [
  {
    name: 'Electron',
    licence: 'MIT',
    address: 'https://www.electronjs.org',
    remark: 'Its Chromium: BSD-3-Clause and others, listed in the LICENSES.chromium.html beside the program.',
  },
  {
    name: 'Node.js',
    licence: 'MIT',
    address: 'https://nodejs.org',
    text: { name: 'node.txt', from: 'build/packaging/licences/node.txt' },
  },
  {
    name: 'FFmpeg',
    licence: 'GPL-3.0-or-later',
    address: 'https://ffmpeg.org',
    remark:
      'Never linked into Shotloom; built by https://github.com/eugeneware/ffmpeg-static, whose releases name the sources. Whoever offers a package of Shotloom offers these sources with it, for at least three years.',
    text: { name: 'ffmpeg.txt', from: 'node_modules/ffmpeg-static/LICENSE' },
  },
];

/** Libraries that are loaded at run time. */
export const libraries: readonly Component[] = [
  {
    name: 'ONNX Runtime',
    licence: 'MIT',
    address: 'https://onnxruntime.ai',
    text: { name: 'onnxruntime.txt', from: 'build/packaging/licences/onnxruntime.txt' },
  },
  {
    name: 'DirectML',
    licence: 'Microsoft Software License Terms',
    address: 'https://www.nuget.org/packages/Microsoft.AI.DirectML',
    remark: 'With ONNX Runtime on Windows, as are the two libraries of the shader compiler.',
    platforms: ['win32'],
  },
  {
    name: 'DirectX Shader Compiler',
    licence: 'NCSA',
    address: 'https://github.com/microsoft/DirectXShaderCompiler',
    platforms: ['win32'],
  },
];

export const data: readonly Component[] = [
  {
    name: 'Inter',
    licence: 'OFL-1.1',
    address: 'https://rsms.me/inter',
    remark: 'Copyright the Inter Project Authors.',
    text: { name: 'inter.txt', from: 'resources/fonts/inter-OFL.txt' },
  },
  {
    name: 'Loom Mini',
    licence: 'Apache-2.0',
    address: 'resources/models/loom-mini',
    remark: 'Trained by this project on pictures drawn by its own programs (build/train); no other data went into it.',
  },
];

/** Everything but what is bundled, for one system. */
export function componentsFor({ platform }: Target): readonly Component[] {
  return [...programs, ...libraries, ...data].filter(
    ({ platforms }) => platforms === undefined || platforms.includes(platform),
  );
}
