import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ComponentName, componentsFor } from './components.ts';
import type { Target } from './target.ts';

/** Whose each file is, by its path. */
export type Shipped = ReadonlyMap<string, ComponentName>;

/** The archive's files: the desktop shell and the window. */
export function archivedFiles(root: string): readonly string[] {
  const shell = ['package.json', 'dist/desktop/main.mjs', 'dist/desktop/preload.cjs'];
  return [...shell, ...under('dist/renderer', windowFiles(root))];
}

/**
 * Every file of the resources folder, the archive itself included: told from the checkout and from what the target needs
 * of each package, not from electron-builder.yml, so that a pattern there that lets in too much or too little shows.
 */
export function resourceFiles(root: string, target: Target): Shipped {
  const ours = [
    'app.asar',
    'LICENSE',
    'NOTICE',
    'licences/bundled.txt',
    target.platform === 'win32' ? 'shotloom/bin/shotloom.cmd' : 'shotloom/bin/shotloom',
    ...under(
      'shotloom/dist/node',
      filesIn(join(root, 'dist/node'), (name) => name.endsWith('.mjs')),
    ),
    ...under('shotloom/dist/renderer', windowFiles(root)),
  ];
  const licences = componentsFor(target).flatMap(({ name, text }) =>
    text ? [[`licences/${text.name}`, name] as const] : [],
  );
  const owned = (component: ComponentName, paths: readonly string[]) => paths.map((path) => [path, component] as const);
  return new Map([
    ...owned('Shotloom', ours),
    ...licences,
    ...owned('Loom Mini', under('shotloom/resources/models', filesIn(join(root, 'resources/models')))),
    ...owned('Node.js', [target.platform === 'win32' ? 'shotloom/node/node.exe' : 'shotloom/node/bin/node']),
    ...owned('FFmpeg', under('shotloom/node_modules/ffmpeg-static', ['package.json', 'index.js', ffmpegName(target)])),
    ...owned('ONNX Runtime', under('shotloom/node_modules/onnxruntime-common', onnxruntimeCommon(root))),
    ...onnxruntimeNode(target),
  ]);
}

const under = (folder: string, paths: readonly string[]) => paths.map((path) => `${folder}/${path}`);

const windowFiles = (root: string) => filesIn(join(root, 'dist/renderer'), (name) => name !== 'bundled.json');

const ffmpegName = ({ platform }: Target) => (platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');

function onnxruntimeCommon(root: string): readonly string[] {
  const scripts = filesIn(join(root, 'node_modules/onnxruntime-common/dist/cjs'), (name) => name.endsWith('.js'));
  return ['package.json', 'dist/cjs/package.json', ...under('dist/cjs', scripts)];
}

/** The programs of the target alone: those of all systems together are six times as large. */
function onnxruntimeNode({ platform, arch }: Target): readonly (readonly [string, ComponentName])[] {
  const folder = 'shotloom/node_modules/onnxruntime-node';
  const natives = {
    linux: ['libonnxruntime.so.1'],
    darwin: ['libonnxruntime.1.30.0.dylib', 'libonnxruntime.1.dylib'],
    win32: ['onnxruntime.dll'],
  } as const;
  const own = (path: string) => [`${folder}/${path}`, 'ONNX Runtime'] as const;
  const native = (name: string) => `bin/napi-v6/${platform}/${arch}/${name}`;
  return [
    ...['package.json', 'dist/backend.js', 'dist/binding.js', 'dist/index.js', 'dist/version.js'].map(own),
    ...['onnxruntime_binding.node', ...natives[platform]].map((name) => own(native(name))),
    ...(platform === 'win32'
      ? [
          [`${folder}/${native('DirectML.dll')}`, 'DirectML'] as const,
          [`${folder}/${native('dxcompiler.dll')}`, 'DirectX Shader Compiler'] as const,
          [`${folder}/${native('dxil.dll')}`, 'DirectX Shader Compiler'] as const,
        ]
      : []),
  ];
}

/** All files below a folder, as paths with slashes. */
export function filesIn(folder: string, isWanted: (name: string) => boolean = () => true): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory() && isWanted(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
