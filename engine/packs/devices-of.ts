import { type DeviceName, deviceNames } from '../contract/device.ts';
import type { PackManifest } from './manifest.ts';

/** The devices that every network of a pack was made for, the one to be preferred first. */
export function devicesOf({ components }: Pick<PackManifest, 'components'>): readonly DeviceName[] {
  const networks = Object.values(components);
  return deviceNames.filter((device) => networks.every(({ providers }) => providers.includes(device)));
}
