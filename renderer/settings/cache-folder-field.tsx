import { useState } from 'react';
import { useStore } from 'zustand';
import { formatBytes } from '../i18n/format.ts';
import { useWords } from '../i18n/index.ts';
import type { CacheMoving } from '../state/cache-move.ts';
import { useEngine, useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { PathSetting } from './path-setting.tsx';

export interface CacheFolderFieldProps {
  /** Where caches lie now. */
  readonly folder: string;
  readonly onMoved: () => void;
}

/** The folder of caches. Chosen anew, they are moved there; until the last of them is there nothing has changed. */
export function CacheFolderField({ folder, onMoved }: CacheFolderFieldProps) {
  const words = useWords();
  const engine = useEngine();
  const { sharedSettings, cacheMove, notices, window } = useServices();
  const chosen = useStore(sharedSettings.store, ({ cacheFolder }) => cacheFolder) ?? '';
  const moving = useStore(cacheMove.store);
  const isAskedFor = useStore(window, ({ dialog }) => dialog.kind === 'settings' && dialog.at === 'cache-folder');
  const [tries, setTries] = useState(0);
  const move = async (path: string) => {
    const failure = engine && (await cacheMove.start(engine, path));
    if (!failure)
      setTries((count) => count + 1); // the field shows what holds now
    else if (window.getState().dialog.kind !== 'settings') notices.tell({ severity: 'failure', sentence: { failure } });
    onMoved();
    return failure;
  };
  return (
    <>
      {moving.kind === 'moving' && <Moving moving={moving} onCancel={cacheMove.cancel} />}
      <div hidden={moving.kind === 'moving'}>
        <PathSetting
          key={`${tries} ${chosen}`}
          label={words('settings.cacheFolder')}
          value={chosen}
          placeholder={words('settings.cacheFolderOwn')}
          standing={words('settings.inUse', { path: folder })}
          onKeep={move}
          isFirst={isAskedFor}
          testId="settings.cache-folder"
        />
      </div>
    </>
  );
}

interface MovingProps {
  readonly moving: Extract<CacheMoving, { kind: 'moving' }>;
  readonly onCancel: () => void;
}

function Moving({ moving: { folder, progress }, onCancel }: MovingProps) {
  const words = useWords();
  const { movedBytes, totalBytes } = progress;
  const told = words('settings.cacheMoved', { moved: formatBytes(movedBytes), total: formatBytes(totalBytes) });
  return (
    <div className="column field-group" data-testid="settings.cache-moving">
      <span className="label">
        {folder === '' ? words('settings.cacheMovingBack') : words('settings.cacheMoving', { path: folder })}
      </span>
      <div className="row settings-cache-row">
        <div className="column settings-moving">
          <ProgressBar
            label={words('settings.cacheFolder')}
            done={totalBytes === 0 ? 0 : movedBytes / totalBytes}
            text={told}
          />
          <span className="text-2 tabular">{told}</span>
        </div>
        <Button look="outline" onClick={onCancel} testId="settings.cache-moving.cancel">
          {words('settings.cacheMoveCancel')}
        </Button>
      </div>
    </div>
  );
}
