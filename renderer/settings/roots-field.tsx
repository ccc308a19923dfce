import type { SettingsFacts } from '../../engine/contract/settings.ts';
import { useWords } from '../i18n/index.ts';
import { useServices } from '../state/services.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PathSetting } from './path-setting.tsx';
import { useChange } from './use-change.ts';

/** The folders that the file windows of the page show. The desktop's own windows need none of it. */
export function RootsField({ facts }: { readonly facts: SettingsFacts }) {
  const words = useWords();
  const change = useChange();
  const { sharedSettings } = useServices();
  const { fileRoots, areFileRootsGiven } = facts;
  if (areFileRootsGiven) {
    return (
      <dl className="facts">
        <dt>{words('settings.roots')}</dt>
        <dd>{words('settings.rootsGiven', { paths: fileRoots.join(', ') })}</dd>
      </dl>
    );
  }
  const without = (path: string) => fileRoots.filter((each) => each !== path);
  return (
    <div className="column field-group">
      <span className="label" id="settings-roots">
        {words('settings.roots')}
      </span>
      <ul className="settings-roots" aria-labelledby="settings-roots" data-testid="settings.roots">
        {fileRoots.map((path) => (
          <li key={path} className="row">
            <span className="settings-root settings-note">{path}</span>
            {fileRoots.length > 1 && (
              <IconButton
                icon="close"
                size="small"
                label={words('settings.rootRemove', { path })}
                onClick={() => void change({ fileRoots: without(path) })}
              />
            )}
          </li>
        ))}
      </ul>
      <PathSetting
        key={fileRoots.join('\n')}
        label={words('settings.rootAdd')}
        value=""
        placeholder={words('settings.rootAddHint')}
        standing={words('settings.rootsNote')}
        onKeep={(path) => sharedSettings.change({ fileRoots: [...without(path), path] })}
        testId="settings.root-add"
      />
    </div>
  );
}
