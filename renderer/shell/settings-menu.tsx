import { Menu } from '@base-ui/react/menu';
import type { Language } from '../../engine/contract/failure-words.ts';
import { useWords } from '../i18n/index.ts';
import { useServices, useSettings } from '../state/services.tsx';
import type { Settings } from '../state/settings-store.ts';
import { Icon } from '../ui/icon.tsx';

const languages: readonly { readonly value: Language; readonly name: string }[] = [
  { value: 'en', name: 'English' },
  { value: 'zh-CN', name: '简体中文' },
];

const themes = [
  { value: 'dark', label: 'title.themeDark' },
  { value: 'light', label: 'title.themeLight' },
  { value: 'system', label: 'title.themeSystem' },
] as const;

/** Language and theme: the two things a person may want to change before anything else. */
export function SettingsMenu() {
  const words = useWords();
  const { settings } = useServices();
  const { language, theme } = useSettings((all) => all);
  return (
    <Menu.Root>
      <Menu.Trigger className="icon-button" aria-label={words('title.settings')} data-testid="title.settings">
        <Icon name="gear" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="popup-layer" align="end" sideOffset={6}>
          <Menu.Popup className="popup menu">
            <div className="menu-head">{words('title.language')}</div>
            <Menu.RadioGroup
              value={language}
              onValueChange={(value: Settings['language']) => settings.setState({ language: value })}
            >
              {languages.map(({ value, name }) => (
                <Choice key={value} value={value} name={name} />
              ))}
            </Menu.RadioGroup>
            <div className="menu-rule" />
            <div className="menu-head">{words('title.theme')}</div>
            <Menu.RadioGroup
              value={theme}
              onValueChange={(value: Settings['theme']) => settings.setState({ theme: value })}
            >
              {themes.map(({ value, label }) => (
                <Choice key={value} value={value} name={words(label)} />
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Choice({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <Menu.RadioItem value={value} className="menu-item" closeOnClick>
      <span className="menu-check">
        <Menu.RadioItemIndicator>
          <Icon name="check" sizePx={14} />
        </Menu.RadioItemIndicator>
      </span>
      {name}
    </Menu.RadioItem>
  );
}
