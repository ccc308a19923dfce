import type {
  DeviceChoice,
  DeviceFault,
  DeviceName,
  ToldDevice,
  ToldDevices,
} from '../../../engine/contract/device.ts';
import { standInPack } from './shots.ts';

/** A machine whose GPU computes attention wrong by a fifth, as software that imitates one does. */
export const wrongGpu: DeviceFault = { kind: 'wrong', during: 'attention', error: 0.21 };

/** What the stand-in was told of its GPU; undefined where it is right, and the pack was made for it. */
export function toldDevices(gpuFault: DeviceFault | undefined, choice: DeviceChoice, foundAt: string): ToldDevices {
  const { id: packId, name: packName } = standInPack;
  const wanted: DeviceName = choice === 'auto' || choice === 'cpu' ? 'cpu' : choice;
  const place =
    wanted !== 'cpu' && gpuFault
      ? ({ kind: 'nowhere', device: wanted, fault: gpuFault } as const)
      : ({ kind: 'device', device: choice === 'auto' && !gpuFault ? 'webgpu' : wanted } as const);
  const gpu: ToldDevice = gpuFault
    ? { verdict: { kind: 'passed-over', device: 'webgpu', fault: gpuFault }, foundAt, packs: [] }
    : { verdict: { kind: 'trusted', device: 'webgpu', timesFaster: 12 }, foundAt, packs: [{ name: packName }] };
  const processor: ToldDevice = {
    verdict: { kind: 'trusted', device: 'cpu', timesFaster: 1 },
    foundAt,
    packs: [{ name: packName }],
  };
  return { devices: [gpu, processor], shots: [{ packId, packName, place }] };
}
