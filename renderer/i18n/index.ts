import i18next, { type i18n } from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../state/settings-store.ts';
import { en } from './en.ts';
import type { MessageKey } from './messages.ts';
import type { Sentence } from './sentence.ts';
import { zhCN } from './zh-CN.ts';

/** Says a sentence in the language of the window. */
export interface Words {
  (key: MessageKey, values?: Sentence['values']): string;
  (sentence: Sentence): string;
}

/** Both tables are part of the bundle, so that changing the language asks nobody for anything. */
export function startI18n(language: Language): i18n {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    keySeparator: false, // keys are flat, and dots in them are dots
    nsSeparator: false,
    interpolation: { escapeValue: false }, // React escapes
  });
  return i18next;
}

export function useWords(): Words {
  const { t } = useTranslation();
  return useMemo(() => {
    const translate = (key: string, values: Record<string, string | number>) => t(key, values);
    const say = ({ key, values, nested = {} }: Sentence): string => {
      const told = Object.entries(nested).map(([name, inner]) => [name, say(inner)]);
      return translate(key, { ...values, ...Object.fromEntries(told) });
    };
    return (key: MessageKey | Sentence, values?: Sentence['values']) =>
      say(typeof key === 'string' ? { key, ...(values && { values }) } : key);
  }, [t]);
}
