import type { BundledPackage } from './bundled-packages.ts';
import { type Component, data, libraries, programs } from './components.ts';

/** NOTICE, as it lies in the repository and in every package: what the product includes or runs, under which terms. */
export function noticeText(bundled: readonly BundledPackage[]): string {
  return `Shotloom
Copyright 2026 The Shotloom Authors

Licensed under the Apache License, Version 2.0 (see LICENSE).

This product includes or runs the following, each under its own terms. In a package the licence texts lie in the folder
licences, in a checkout beside each package in node_modules. Made from what is bundled and packed:
node build/packaging/write-notice.ts

Run as programs of their own
${programs.map(entryOf).join('')}
Loaded at run time
${libraries.map(entryOf).join('')}
Bundled, unmodified, into the window, the engine, the desktop shell or the command line; each at https://www.npmjs.com
${bundled.map(({ name, identifier }) => `${line(name, identifier, '')}\n`).join('')}
Data
${data.map(entryOf).join('')}
Media in test/fixtures is for tests only and not part of the product; its sources and licences are listed in
test/fixtures/media/LICENSES.md.
`;
}

function entryOf({ name, licence, address, remark }: Component): string {
  return `${line(name, licence, address)}\n${remark === undefined ? '' : wrapped(remark)}`;
}

const line = (name: string, licence: string, address: string) =>
  `  ${name.padEnd(30)}  ${licence.padEnd(32)}  ${address}`.trimEnd();

const widthChars = 118;

/** A remark, set in, in lines that fit. */
function wrapped(remark: string): string {
  const lines = [''];
  for (const word of remark.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length > widthChars - 5) lines.push(` ${word}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((each) => `     ${each}\n`).join('');
}
