import type { SettingsStore } from '../state/settings-store.ts';

const themeChanged = 'shotloom-theme';

/** Puts the chosen theme on the page, and follows the system where the editor asked for that. */
export function followTheme(settings: SettingsStore): void {
  const systemIsLight = matchMedia('(prefers-color-scheme: light)');
  const apply = () => {
    const { theme, language } = settings.getState();
    const isLight = theme === 'light' || (theme === 'system' && systemIsLight.matches);
    document.documentElement.dataset.theme = isLight ? 'light' : 'dark';
    document.documentElement.lang = language;
    dispatchEvent(new Event(themeChanged));
  };
  settings.subscribe(apply);
  systemIsLight.addEventListener('change', apply);
  apply();
}

/** For canvases, which cannot follow a custom property by themselves. Returns how to stop listening. */
export function onThemeChange(listener: () => void): () => void {
  addEventListener(themeChanged, listener);
  return () => removeEventListener(themeChanged, listener);
}
