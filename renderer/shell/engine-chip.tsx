import { Popover } from '@base-ui/react/popover';
import type { Generator } from '../../engine/contract/generator.ts';
import { usePackLevel } from '../generate/pack-level.ts';
import { formatBytes } from '../i18n/format.ts';
import { useWords } from '../i18n/index.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { useConnection, useGenerator, usePacks } from '../state/services.tsx';
import { Icon } from '../ui/icon.tsx';
import { DeviceFacts } from './device-facts.tsx';
import { lostWords } from './lost-words.ts';
import { shortProcessorName } from './processor-name.ts';
import { useDevices } from './use-devices.ts';

/** Why no shots can be made, in a word or two. */
const troubles: Readonly<Record<Exclude<Generator['kind'], 'ready'>, MessageKey>> = {
  off: 'generator.offShort',
  'no-device': 'generator.noDeviceShort',
};

/** What the engine is and runs on; nothing that was not asked of it. */
export function EngineChip() {
  const words = useWords();
  const connection = useConnection();
  const generator = useGenerator();
  const isConnected = connection.kind === 'connected';
  const isWell = isConnected && generator.kind === 'ready';
  const label = isConnected
    ? generator.kind === 'ready'
      ? shortProcessorName(connection.hello.processorName)
      : words(troubles[generator.kind])
    : words('engine.away');
  return (
    <Popover.Root>
      <Popover.Trigger className={`chip ${isWell ? '' : 'is-alarm'}`} data-testid="title.engine">
        <Icon name={isWell ? 'processor' : 'warning'} />
        {label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-layer" align="end" sideOffset={6}>
          <Popover.Popup className="popup engine-popup">
            <Popover.Title className="medium">{words('engine.title')}</Popover.Title>
            <EngineFacts />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function EngineFacts() {
  const words = useWords();
  const connection = useConnection();
  const packs = usePacks();
  const pack = packs?.[0];
  const level = usePackLevel(pack);
  const { told } = useDevices();
  if (connection.kind !== 'connected') {
    const because = connection.kind === 'lost' ? connection.because : 'engine-away';
    return <p className="text-2">{words(lostWords[because])}</p>;
  }
  const { memoryBytes, appVersion, platform } = connection.hello;
  return (
    <dl className="facts">
      <dt>{words('engine.title')}</dt>
      <dd>
        {words('engine.running')}. {words('engine.local')}
      </dd>
      <DeviceFacts hello={connection.hello} told={told} />
      <dt>{words('engine.memory')}</dt>
      <dd>{formatBytes(memoryBytes)}</dd>
      <dt>{words('engine.pack')}</dt>
      <dd>{pack ? `${pack.name} ${pack.version}. ${level}` : words('engine.noPack')}</dd>
      <dt>{words('app.name')}</dt>
      <dd>{words('engine.version', { version: appVersion, platform })}</dd>
    </dl>
  );
}
