import { type SettingsStore, spokenLanguage } from '../state/settings-store.ts';

const themeChanged = 'shotloom-theme';

/** Puts theme, motion and language on the page, and follows the system where the editor asked for that. */
export function followTheme(settings: SettingsStore): void {
  const systemIsLight = matchMedia('(prefers-color-scheme: light)');
  const systemIsCalm = matchMedia('(prefers-reduced-motion: reduce)');
  const apply = () => {
    const { theme, motion } = settings.getState();
    const isLight = theme === 'light' || (theme === 'system' && systemIsLight.matches);
    const isCalm = motion === 'reduced' || (motion === 'system' && systemIsCalm.matches);
    const { dataset } = document.documentElement;
    dataset.theme = isLight ? 'light' : 'dark';
    dataset.motion = isCalm ? 'reduced' : 'full';
    document.documentElement.lang = spokenLanguage(settings.getState(), navigator.languages);
    dispatchEvent(new Event(themeChanged));
  };
  settings.subscribe(apply);
  systemIsLight.addEventListener('change', apply);
  systemIsCalm.addEventListener('change', apply);
  apply();
}

/** For canvases, which cannot follow a custom property by themselves. Returns how to stop listening. */
export function onThemeChange(listener: () => void): () => void {
  addEventListener(themeChanged, listener);
  return () => removeEventListener(themeChanged, listener);
}
