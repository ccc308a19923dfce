// The desktop shell: Electron's main process.
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { startDesktop } from './desktop.ts';
import { placesOf, projectIn, windowDataFolder } from './places.ts';

const entry = fileURLToPath(import.meta.url);
const { platform, env, resourcesPath } = process;
const here = fileURLToPath(new URL('.', import.meta.url));

const desktop = startDesktop({
  places: placesOf({ isPackaged: app.isPackaged, here, resourcesPath, platform, env }),
  platform,
  dataFolder: windowDataFolder(app.getPath('appData'), { platform, env }),
  project: projectIn(process.argv, process.cwd(), entry),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => desktop?.end());
