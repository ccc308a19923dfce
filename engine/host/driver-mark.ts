import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { release } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export interface DriverPlaces {
  readonly platform: NodeJS.Platform;
  readonly release: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const thisMachine: DriverPlaces = { platform: process.platform, release: release(), environment: process.env };

/**
 * Tells the drivers of a machine apart: another one, or another version, has another mark. What it holds is for the
 * eye of whoever wonders why a device was tried again; only whether it is the same counts.
 */
export async function driverMark(machine: DriverPlaces = thisMachine): Promise<string> {
  const { platform, environment } = machine;
  const drivers =
    platform === 'linux' ? await linuxDrivers(environment) : platform === 'win32' ? await windowsDrivers() : [];
  return [`${platform} ${machine.release}`, ...drivers].join('; '); // a Mac's come with its system
}

/** Kernel modules by version, Vulkan drivers by their manifests, and where CUDA's libraries are looked for. */
async function linuxDrivers(environment: DriverPlaces['environment']): Promise<readonly string[]> {
  const modules = ['nvidia', 'amdgpu', 'i915', 'xe'].map(async (name) => {
    const version = await readFile(`/sys/module/${name}/version`, 'utf8').catch(() => undefined);
    return version === undefined ? [] : [`${name} ${version.trim()}`];
  });
  const { VK_DRIVER_FILES, VK_ICD_FILENAMES, LD_LIBRARY_PATH } = environment;
  const named = (VK_DRIVER_FILES ?? VK_ICD_FILENAMES)?.split(delimiter).filter((path) => path !== '');
  const manifests = named ?? (await Promise.all(vulkanFolders.map(filesIn))).flat();
  return [
    ...(await Promise.all(modules)).flat(),
    ...(await Promise.all(manifests.map(fileMark))),
    ...(LD_LIBRARY_PATH ? [`libraries ${LD_LIBRARY_PATH}`] : []),
  ];
}

const vulkanFolders = ['/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/usr/share/vulkan/icd.d'];

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.toSorted().map((name) => join(folder, name));
}

async function fileMark(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found ? `${path} ${found.size} ${Math.floor(found.mtimeMs)}` : `${path} is not there`;
}

/** Every display adapter's driver, from the registry. */
async function windowsDrivers(): Promise<readonly string[]> {
  const displayAdapters = '{4d36e968-e325-11ce-bfc1-08002be10318}';
  const key = `HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\${displayAdapters}`;
  const asked = promisify(execFile)('reg', ['query', key, '/s', '/v', 'DriverVersion'], {
    timeout: 5000,
    windowsHide: true,
  });
  const { stdout } = await asked.catch(() => ({ stdout: '' })); // without a registry the release tells
  return [...stdout.matchAll(/DriverVersion\s+REG_SZ\s+(\S+)/g)].map(([, version]) => `adapter ${version}`).toSorted();
}
