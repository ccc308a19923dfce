import type { ToldDevices, TriedDevice } from '../contract/device.ts';
import { devicesOf } from '../packs/devices-of.ts';
import type { PackShelf } from '../packs/shelf.ts';
import type { Devices } from './devices.ts';

/** Devices as they were found, with what the packs of this machine make of each and where their next shots run. */
export async function tellDevices(
  devices: Pick<Devices, 'faultOf' | 'placeFor'>,
  shelf: Pick<PackShelf, 'catalogue'>,
  tried: readonly TriedDevice[],
): Promise<ToldDevices> {
  const { packs } = await shelf.catalogue();
  const told: ToldDevices = { devices: [], shots: [] };
  for (const found of tried) {
    const { device, kind } = found.verdict;
    const madeFor = packs.filter(({ pack }) => devicesOf(pack.manifest).includes(device));
    const stands = madeFor.map(async ({ pack }) => {
      const fault = kind === 'trusted' ? await devices.faultOf(pack, device) : undefined;
      return { name: pack.manifest.name, ...(fault && { fault }) };
    });
    told.devices.push({ ...found, packs: await Promise.all(stands) });
  }
  for (const { pack } of packs) {
    const { id, name } = pack.manifest;
    told.shots.push({ packId: id, packName: name, place: await devices.placeFor(pack) });
  }
  return told;
}
