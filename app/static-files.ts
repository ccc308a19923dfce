import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';

export interface StaticFile {
  readonly content: Buffer<ArrayBuffer>;
  readonly mime: string;
  /** Whether its name changes with its content, so that it may be kept for good. */
  readonly isHashed: boolean;
}

const mimes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** A file of the built window by its URL path, or undefined. Nothing outside the folder can be named. */
export function staticFile(folder: string, urlPath: string): StaticFile | undefined {
  const wanted = urlPath === '/' ? '/index.html' : decoded(urlPath);
  const mime = wanted && mimes[extname(wanted)];
  if (!wanted || !mime || wanted.includes('\0')) return undefined;
  const path = normalize(join(folder, wanted));
  if (!path.startsWith(folder + sep)) return undefined;
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  return { content: readFileSync(path), mime, isHashed: wanted.startsWith('/assets/') };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
