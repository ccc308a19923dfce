import type { PackSummary } from '../contract/generation.ts';
import { type Pack, packFamilies } from './families.ts';
import { packBytes } from './read-pack.ts';
import type { TokenizerFile } from './tokenizer-file.ts';

/** A pack as the editor meets it in a list: what it makes, how well, and the words it knows. */
export function packSummary(pack: Pack, isBuiltIn: boolean): PackSummary {
  const { family, manifest, tokenizer } = pack;
  const { latent, frames, guidance, defaults } = manifest;
  const serves: readonly string[] = packFamilies[family].serves;
  return {
    id: manifest.id,
    name: manifest.name,
    version: manifest.version,
    isBuiltIn,
    tasks: manifest.tasks.filter((task) => serves.includes(task)),
    rate: manifest.rate,
    sizes: sizesDefaultFirst(manifest),
    frameCounts: { ...frames, step: latent.temporal },
    defaults: { steps: defaults.steps, guidanceScale: guidance.scale, frameCount: defaults.frames },
    level: manifest.level,
    knownWordCount: [tokenizer.latin, tokenizer.han, tokenizer.synonyms].flatMap(Object.keys).length,
    suggestions: { en: suggestions(tokenizer, 'en'), zh: suggestions(tokenizer, 'zh') },
    bytes: packBytes(pack),
  };
}

function sizesDefaultFirst({ sizes, defaults }: Pack['manifest']): PackSummary['sizes'] {
  const isDefault = (size: { width: number; height: number }) =>
    size.width === defaults.width && size.height === defaults.height;
  return sizes
    .toSorted((a, b) => Number(isDefault(b)) - Number(isDefault(a)))
    .map(({ width, height }) => ({ widthPx: width, heightPx: height }));
}

/** The first word for each thing that a prompt can be about. */
function suggestions({ fields }: TokenizerFile, language: 'en' | 'zh'): string[] {
  const values = Object.values(fields).flatMap((field) => Object.values(field));
  return values.flatMap((words) => words[language].slice(0, 1));
}
