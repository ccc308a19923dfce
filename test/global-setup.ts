import { join } from 'node:path';
import { ensureBuilt } from '../build/bootstrap/built.mjs';

/** Process tests run the bundles, as people do: they must be of these sources. */
export default function setup(): void {
  ensureBuilt(join(import.meta.dirname, '..'), process.execPath, process.env);
}
