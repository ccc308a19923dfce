import type { PackSummary } from '../../engine/contract/generation.ts';
import { useLanguage, useWords } from '../i18n/index.ts';

const mostShown = 4;

/** Words the pack knows, in the language of the window, to offer when a prompt has none. */
export function usePromptSuggestions(pack: PackSummary | undefined): {
  readonly suggestions: readonly string[];
  readonly example: string;
} {
  const words = useWords();
  const language = useLanguage();
  const all = pack?.suggestions[language === 'zh-CN' ? 'zh' : 'en'] ?? [];
  return { suggestions: all.slice(0, mostShown), example: words('generate.example') };
}
