import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { defaultCacheCapBytes, type SettingsFacts } from '../../engine/contract/settings.ts';
import { formatBytes } from '../i18n/format.ts';
import { useWords } from '../i18n/index.ts';
import { DeviceFacts } from '../shell/device-facts.tsx';
import { useDevices } from '../shell/use-devices.ts';
import { useConnection, useEngine, useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { CacheFolderField } from './cache-folder-field.tsx';
import { DeviceField } from './device-field.tsx';
import { PathSetting } from './path-setting.tsx';
import { RootsField } from './roots-field.tsx';
import { useChange } from './use-change.ts';

/** What of this machine is used. Shown while the engine is there to say what it comes to. */
export function MachineFields() {
  const words = useWords();
  const connection = useConnection();
  const { fileBrowser } = useServices();
  const [facts, ask] = useFacts();
  const devices = useDevices();
  if (connection.kind !== 'connected') return null;
  return (
    <section className="settings-part" aria-label={words('settings.machine')}>
      <h2 className="settings-head">{words('settings.machine')}</h2>
      <dl className="facts">
        <DeviceFacts hello={connection.hello} told={devices.told} />
      </dl>
      <DeviceField {...devices} />
      {facts && <ToolFields facts={facts} />}
      {facts && fileBrowser && <RootsField facts={facts} />}
      {facts && <CacheFolderField folder={facts.cacheFolder} onMoved={ask} />}
      {facts && <CacheField facts={facts} onChanged={ask} />}
    </section>
  );
}

function ToolFields({ facts }: { readonly facts: SettingsFacts }) {
  const words = useWords();
  const { sharedSettings } = useServices();
  const { ffmpegPath = '', packFolder = '' } = useStore(sharedSettings.store);
  const inUse = facts.ffmpegPath ?? words('settings.ffmpegNone');
  return (
    <>
      {facts.isFfmpegGiven ? (
        <dl className="facts">
          <dt>{words('settings.ffmpeg')}</dt>
          <dd>{words('settings.ffmpegGiven', { path: inUse })}</dd>
        </dl>
      ) : (
        <PathSetting
          label={words('settings.ffmpeg')}
          value={ffmpegPath}
          placeholder={words('settings.ffmpegFound')}
          standing={words('settings.inUse', { path: inUse })}
          onKeep={(path) => sharedSettings.change({ ffmpegPath: path })}
          testId="settings.ffmpeg"
        />
      )}
      <PathSetting
        label={words('settings.packs')}
        value={packFolder}
        placeholder={words('settings.packsOwn')}
        standing={words('settings.inUse', { path: facts.packFolder })}
        onKeep={(path) => sharedSettings.change({ packFolder: path })}
        testId="settings.packs"
      />
    </>
  );
}

const capsBytes = [5e9, 10e9, defaultCacheCapBytes, 50e9, 100e9, 200e9];

function CacheField({ facts, onChanged }: { readonly facts: SettingsFacts; readonly onChanged: () => void }) {
  const words = useWords();
  const change = useChange();
  const engine = useEngine();
  const { sharedSettings } = useServices();
  const capBytes = useStore(sharedSettings.store, ({ cacheCapBytes }) => cacheCapBytes) ?? defaultCacheCapBytes;
  // One set by hand in the file is offered as it is.
  const offered = [...new Set([...capsBytes, capBytes])].toSorted((a, b) => a - b);
  const empty = () => engine?.settings.emptyCaches({}).then(onChanged, () => {}); // the engine went: nothing was asked
  return (
    <div className="column settings-cache">
      <div className="row settings-cache-row">
        <SelectField
          label={words('settings.cacheCap')}
          value={capBytes}
          choices={offered.map((bytes) => ({ value: bytes, label: formatBytes(bytes) }))}
          onChoose={(bytes) => void change({ cacheCapBytes: bytes }).then(onChanged)}
          testId="settings.cache-cap"
        />
        <span className="settings-cache-used text-2 tabular" data-testid="settings.cache-used">
          {words('settings.cacheUsed', { size: formatBytes(facts.cacheBytes) })}
        </span>
        <Button look="outline" onClick={() => void empty()} testId="settings.cache-empty">
          {words('settings.cacheEmpty')}
        </Button>
      </div>
      <p className="text-3 settings-note">{words('settings.cacheNote')}</p>
    </div>
  );
}

/** What the settings come to now; asked again when they change, or when told to. */
function useFacts(): [SettingsFacts | undefined, () => void] {
  const engine = useEngine();
  const { sharedSettings } = useServices();
  const { ffmpegPath, packFolder, fileRoots, cacheFolder } = useStore(sharedSettings.store);
  const [count, setCount] = useState(0);
  const [facts, setFacts] = useState<SettingsFacts | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these changes the answer
  useEffect(() => {
    let isLate = false;
    engine?.settings.facts({}).then(
      (answer) => !isLate && setFacts(answer),
      () => {}, // the engine went; the next connection is asked
    );
    return () => {
      isLate = true;
    };
  }, [engine, ffmpegPath, packFolder, fileRoots, cacheFolder, count]);
  return [facts, () => setCount((before) => before + 1)];
}
