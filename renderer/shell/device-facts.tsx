import { deviceLabel, deviceWords, faultWords, type ToldDevices } from '../../engine/contract/device.ts';
import type { Hello } from '../../engine/contract/system.ts';
import { useLanguage, useWords } from '../i18n/index.ts';

export interface DeviceFactsProps {
  readonly hello: Hello;
  /** Undefined while devices are being tried. */
  readonly told: ToldDevices | undefined;
}

/** What the machine computes with, what of it is used and why the rest is not, and where the next shots run. */
export function DeviceFacts({ hello, told }: DeviceFactsProps) {
  const words = useWords();
  const { processorName, logicalCores } = hello;
  return (
    <>
      <dt>{words('engine.processor')}</dt>
      <dd>
        {processorName}, {words('unit.cores', { count: logicalCores })}
      </dd>
      <dt>{words('engine.devices')}</dt>
      {told ? <Standings told={told} /> : <dd className="text-2">{words('engine.tryingDevices')}</dd>}
      {told && told.shots.length > 0 && (
        <>
          <dt>{words('engine.shots')}</dt>
          <ShotPlaces told={told} />
        </>
      )}
    </>
  );
}

function Standings({ told }: { readonly told: ToldDevices }) {
  const language = useLanguage();
  return told.devices.map((device) => (
    <dd
      key={device.verdict.device}
      className={device.verdict.kind === 'trusted' ? '' : 'text-2'}
      data-testid="title.device"
    >
      {deviceLabel(device.verdict.device, language)}: {deviceWords(device, language)}
    </dd>
  ));
}

function ShotPlaces({ told }: { readonly told: ToldDevices }) {
  const words = useWords();
  const language = useLanguage();
  return told.shots.map(({ packId, packName, place }) => {
    const device = deviceLabel(place.device, language);
    return (
      <dd key={packId} className={place.kind === 'nowhere' ? 'alarm' : ''} data-testid="title.shots">
        {place.kind === 'device'
          ? words('engine.shotsOn', { pack: packName, device })
          : words('engine.shotsNowhere', { pack: packName, device, why: faultWords(place.fault)[language] })}
      </dd>
    );
  });
}
