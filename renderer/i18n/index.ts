import i18next, { type i18n } from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { failureSentence, type Language } from '../../engine/contract/failure-words.ts';
import { en } from './en.ts';
import type { MessageKey } from './messages.ts';
import type { Message, Sentence } from './sentence.ts';
import { zhCN } from './zh-CN.ts';

/** Says a sentence in the language of the window. */
export interface Words {
  (key: MessageKey, values?: Message['values']): string;
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
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  return useMemo(() => wordsBy(t, language), [t, language]);
}

/** The words of this moment, for what is said outside the page: menus and dialogs of the system. */
export function wordsNow(): Words {
  return wordsBy(i18next.t, languageOf(i18next.language));
}

function wordsBy(t: i18n['t'], language: Language): Words {
  const translate = (key: string, values: Record<string, string | number>) => t(key, values);
  const say = (told: Sentence): string => {
    if ('failure' in told) return failureSentence(told.failure, language);
    const { key, values, nested = {} } = told;
    const inner = Object.entries(nested).map(([name, each]) => [name, say(each)]);
    return translate(key, { ...values, ...Object.fromEntries(inner) });
  };
  return (told: MessageKey | Sentence, values?: Message['values']) =>
    say(typeof told === 'string' ? { key: told, ...(values && { values }) } : told);
}

/** The language of the window, for what comes in both from the engine. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return languageOf(i18n.language);
}

function languageOf(name: string): Language {
  return name === 'zh-CN' ? 'zh-CN' : 'en';
}
