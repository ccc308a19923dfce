// Writes NOTICE anew from what is bundled and packed: `node build/packaging/write-notice.ts`, after a build.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages } from './bundled-packages.ts';
import { noticeText } from './notice.ts';

const root = join(import.meta.dirname, '../..');
writeFileSync(join(root, 'NOTICE'), noticeText(bundledPackages(root)));
