import type { PackSummary } from '../../engine/contract/generation.ts';
import { useLanguage, useWords } from '../i18n/index.ts';

/** What a pack says of itself, and how many words it knows, in one line. */
export function usePackLevel(pack: PackSummary | undefined): string {
  const words = useWords();
  const language = useLanguage();
  if (!pack) return '';
  const level = language === 'zh-CN' ? pack.level.zh : pack.level.en;
  return `${level.replace(/[.。]$/, '')} · ${words('engine.knownWords', { count: pack.knownWordCount })}`;
}
