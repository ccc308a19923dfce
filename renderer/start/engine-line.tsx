import { type ReactNode, useEffect, useState } from 'react';
import type { PackSummary } from '../../engine/contract/generation.ts';
import { usePackLevel } from '../generate/pack-level.ts';
import { emptyDraft, requestFrom } from '../generate/shot-draft.ts';
import { useEstimate } from '../generate/use-estimate.ts';
import { formatBytes } from '../i18n/format.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { lostWords } from '../shell/lost-words.ts';
import { shortProcessorName } from '../shell/processor-name.ts';
import { useConnection, useEngine, usePacks } from '../state/services.tsx';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-shapes.ts';

/** What this machine brings: only facts the engine told. */
export function EngineLine() {
  const words = useWords();
  const connection = useConnection();
  const packs = usePacks();
  const freeBytes = useFreeBytes();
  const hello = connection.kind === 'connected' ? connection.hello : undefined;
  const pack = packs?.[0];
  const level = usePackLevel(pack);
  return (
    <dl className="engine-line" data-testid="start.engine">
      <Fact
        icon={hello ? 'check' : connection.kind === 'lost' ? 'warning' : 'clock'}
        name={words('engine.title')}
        value={words(hello ? 'engine.running' : connection.kind === 'lost' ? 'engine.away' : 'connection.connecting')}
        note={words(connection.kind === 'lost' ? lostWords[connection.because] : 'engine.local')}
        isAlarm={connection.kind === 'lost'}
        isWordy={connection.kind === 'lost'}
      />
      {hello && (
        <Fact
          icon="processor"
          name={words('engine.processor')}
          value={shortProcessorName(hello.processorName)}
          note={`${words('unit.cores', { count: hello.logicalCores })} · ${formatBytes(hello.memoryBytes)}`}
        />
      )}
      {packs && (
        <Fact
          icon="pack"
          name={words('engine.pack')}
          value={pack ? packName(words, pack) : words('engine.noPack')}
          note={level}
          isWordy
        />
      )}
      {freeBytes !== undefined && (
        <Fact
          icon="disk"
          name={words('engine.disk')}
          value={words('unit.free', { size: formatBytes(freeBytes) })}
          note={pack ? <RoomForTakes pack={pack} freeBytes={freeBytes} /> : ''}
        />
      )}
    </dl>
  );
}

/** How many shots of the pack's usual kind the disk still holds; nothing until the engine has told what one takes. */
function RoomForTakes({ pack, freeBytes }: { readonly pack: PackSummary; readonly freeBytes: number }) {
  const words = useWords();
  const language = useLanguage();
  const estimate = useEstimate(requestFrom(emptyDraft, pack, usualShape, () => 0));
  if (!estimate) return null;
  const count = Math.floor(freeBytes / estimate.diskBytes);
  const takes = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(count);
  return words('start.roomFor', { count, takes });
}

const usualShape = { widthPx: 1920, heightPx: 1080 };

function packName(
  words: ReturnType<typeof useWords>,
  { name, isBuiltIn }: { name: string; isBuiltIn: boolean },
): string {
  return isBuiltIn ? words('engine.packBuiltIn', { name }) : name;
}

interface FactProps {
  readonly icon: IconName;
  readonly name: string;
  readonly value: ReactNode;
  readonly note: ReactNode;
  readonly isAlarm?: boolean;
  /** Whether the note is sentences, to be read whole. */
  readonly isWordy?: boolean;
}

function Fact({ icon, name, value, note, isAlarm = false, isWordy = false }: FactProps) {
  return (
    <div className={isWordy ? 'engine-fact is-wordy' : 'engine-fact'}>
      <dt className="row text-2">
        <span className={isAlarm ? 'alarm' : ''}>
          <Icon name={icon} />
        </span>
        {name}
      </dt>
      <dd className="engine-value ellipsis">{value}</dd>
      <dd className={isWordy ? 'text-2' : 'text-2 tabular ellipsis'}>{note}</dd>
    </div>
  );
}

/** Free space where projects go. */
function useFreeBytes(): number | undefined {
  const engine = useEngine();
  const [freeBytes, setFreeBytes] = useState<number | undefined>(undefined);
  useEffect(() => {
    if (!engine) return;
    engine.system.listFolder({ show: 'folders' }).then(
      (outcome) => outcome.kind === 'done' && setFreeBytes(outcome.value.freeBytes),
      () => {}, // the engine went; the next connection is asked
    );
  }, [engine]);
  return freeBytes;
}
