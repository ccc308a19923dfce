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
  return useMemo(
    () => (key: MessageKey | Sentence, values?: Sentence['values']) =>
      typeof key === 'string' ? t(key as string, { ...values }) : t(key.key as string, { ...key.values }),
    [t],
  );
}
