import { readFileSync } from 'node:fs';

/** The switches in Electron's program, by the names that electron-builder gives them, in the order of the wire. */
const names = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const;
export type Fuse = (typeof names)[number];

/** What Electron's program has before anyone sets a fuse. */
export const factorySetting: Readonly<Record<Fuse, boolean>> = {
  runAsNode: true,
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: true,
  enableNodeCliInspectArguments: true,
  enableEmbeddedAsarIntegrityValidation: false,
  onlyLoadAppFromAsar: false,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: true,
  wasmTrapHandlers: true,
};

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const version = 1;
const [off, on] = ['0', '1'].map((digit) => digit.charCodeAt(0));

/**
 * Reads the fuses from Electron's program: after a sentinel, the version, the count, and a digit each. Reads by itself,
 * not with what set them. Throws where the program has no such wire. Source: Electron, docs/tutorial/fuses.md.
 */
export function readFuses(program: string): Partial<Record<Fuse, boolean>> {
  const bytes = readFileSync(program);
  const at = bytes.indexOf(sentinel);
  if (at < 0) throw new Error(`${program} has no fuses`);
  const [wireVersion, count = 0] = bytes.subarray(at + sentinel.length);
  if (wireVersion !== version) throw new Error(`the fuses of ${program} are of version ${wireVersion}`);
  const wire = bytes.subarray(at + sentinel.length + 2).subarray(0, count);
  return Object.fromEntries(
    names.flatMap((name, index) => (wire[index] === on || wire[index] === off ? [[name, wire[index] === on]] : [])),
  );
}

/** A wire as it lies in the program. */
export function fuseWire(fuses: Readonly<Record<Fuse, boolean>>): Buffer {
  const digits = names.map((name) => (fuses[name] ? '1' : '0')).join('');
  return Buffer.concat([Buffer.from(sentinel), Buffer.from([version, names.length]), Buffer.from(digits)]);
}
