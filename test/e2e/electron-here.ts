import { join } from 'node:path';
import { desktopOrWhy, thisMachine } from '../../build/bootstrap/desktop.mjs';

const root = join(import.meta.dirname, '../..');
const how = desktopOrWhy([], { ...thisMachine(root, process.execPath), fetchProgram: () => undefined });

/** Electron's program; empty where it cannot run. */
export const electronProgram: string = how.kind === 'desktop' ? how.program : '';

/** Why nothing runs under Electron here, in a sentence; undefined where it does. */
export const whyNoElectron: string | undefined = how.kind === 'browser' ? how.why?.split(', so ')[0] : undefined;
