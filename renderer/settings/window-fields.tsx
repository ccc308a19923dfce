import { useWords } from '../i18n/index.ts';
import { useSettings } from '../state/services.tsx';
import type { WindowSettings } from '../state/settings-store.ts';
import { SelectField } from '../ui/select-field.tsx';
import { useChange } from './use-change.ts';

/** A language is called by its own name, whatever the window speaks. */
const languages = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '简体中文' },
] as const;

export function WindowFields() {
  const words = useWords();
  const change = useChange();
  const { language, theme, motion } = useSettings((all) => all);
  const asSystem = { value: 'system', label: words('settings.asSystem') } as const;
  return (
    <section className="settings-part" aria-label={words('settings.window')}>
      <h2 className="settings-head">{words('settings.window')}</h2>
      <div className="settings-row">
        <SelectField<WindowSettings['language']>
          label={words('settings.language')}
          value={language}
          choices={[asSystem, ...languages]}
          onChoose={(value) => void change({ language: value })}
          testId="settings.language"
        />
        <SelectField<WindowSettings['theme']>
          label={words('settings.theme')}
          value={theme}
          choices={[
            { value: 'dark', label: words('settings.theme.dark') },
            { value: 'light', label: words('settings.theme.light') },
            asSystem,
          ]}
          onChoose={(value) => void change({ theme: value })}
          testId="settings.theme"
        />
        <SelectField<WindowSettings['motion']>
          label={words('settings.motion')}
          value={motion}
          choices={[
            { value: 'full', label: words('settings.motion.full') },
            { value: 'reduced', label: words('settings.motion.reduced') },
            asSystem,
          ]}
          onChoose={(value) => void change({ motion: value })}
          testId="settings.motion"
        />
      </div>
    </section>
  );
}
