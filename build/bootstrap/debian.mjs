import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// On a bare Debian machine, as root, what is missing comes from Debian itself. Anywhere else nothing is installed:
// ffmpeg comes as an npm package, and tests say which browser they want.

const packages = {
  ffmpeg: { package: 'ffmpeg', file: '/usr/bin/ffmpeg' },
  chromium: { package: 'chromium', file: '/usr/bin/chromium' },
  'cjk-fonts': { package: 'fonts-noto-cjk', file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' },
};

export function ensureDebianPackages(needs) {
  const missing = needs.map((need) => packages[need]).filter(({ file }) => !existsSync(file));
  const canInstall = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (missing.length === 0 || !canInstall) return;
  const names = missing.map((each) => each.package);
  console.error(`Installing ${names.join(', ')} from Debian (once) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', '-y', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  const isDone =
    apt('install', '--no-install-recommends', ...names) ||
    (apt('update') && apt('install', '--no-install-recommends', ...names));
  // Not the end: ffmpeg may still come from npm, and a missing font or browser says so where it is needed.
  if (!isDone) console.error(`Debian could not install ${names.join(', ')}. Going on without.`);
}
