import type { PackSummary } from '../contract/generation.ts';
import { packFamilies } from './families.ts';
import type { Pack } from './read-pack.ts';

/** A pack as the editor meets it in a list: what it makes, how well, and the words it knows. */
export function packSummary({ family, manifest, tokenizer, bytes }: Pack, isBuiltIn: boolean): PackSummary {
  const serves: readonly string[] = packFamilies[family].serves;
  const { latent, frames, guidance, defaults } = manifest;
  return {
    id: manifest.id,
    name: manifest.name,
    version: manifest.version,
    isBuiltIn,
    tasks: manifest.tasks.filter((task) => serves.includes(task)),
    rate: manifest.rate,
    // The size that the pack does best comes first.
    sizes: manifest.sizes
      .toSorted((a, b) => Number(isDefault(b)) - Number(isDefault(a)))
      .map(({ width, height }) => ({ widthPx: width, heightPx: height })),
    frameCounts: { ...frames, step: latent.temporal },
    defaults: { steps: defaults.steps, guidanceScale: guidance.scale, frameCount: defaults.frames },
    level: manifest.level,
    knownWordCount: [tokenizer.latin, tokenizer.han, tokenizer.synonyms].flatMap(Object.keys).length,
    suggestions: { en: suggestions('en'), zh: suggestions('zh') },
    bytes,
  };

  function isDefault({ width, height }: { readonly width: number; readonly height: number }): boolean {
    return width === defaults.width && height === defaults.height;
  }

  function suggestions(language: 'en' | 'zh'): string[] {
    const values = Object.values(tokenizer.fields).flatMap((field) => Object.values(field));
    return values.flatMap((said) => said[language].slice(0, 1));
  }
}
