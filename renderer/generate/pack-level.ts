import type { PackSummary } from '../../engine/contract/generation.ts';
import { useLanguage, useWords } from '../i18n/index.ts';

/** What a pack says of itself, and how many words it knows where they can be counted, in one line. */
export function usePackLevel(pack: PackSummary | undefined): string {
  const words = useWords();
  const language = useLanguage();
  if (!pack) return '';
  const level = language === 'zh-CN' ? pack.level.zh : pack.level.en;
  if (pack.knownWordCount === undefined) return level;
  return `${level.replace(/[.。]$/, '')} · ${words('engine.knownWords', { count: pack.knownWordCount })}`;
}
