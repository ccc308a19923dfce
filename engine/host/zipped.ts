import { strToU8, zipSync } from 'fflate';

/** Texts, by their names, as a zip. `now` is when they say to have been written. */
export function zipped(texts: Readonly<Record<string, string>>, now: Date): Uint8Array<ArrayBuffer> {
  const files = Object.entries(texts).map(([name, text]) => [name, strToU8(text)]);
  return new Uint8Array(zipSync(Object.fromEntries(files), { mtime: now }));
}
