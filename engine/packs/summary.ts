import type { PackSummary } from '../contract/generation.ts';
import type { Pack } from './pack.ts';
import { packBytes } from './read-pack.ts';

/** A pack as the editor meets it in a list: what it makes, how well, and the words it knows, if they can be counted. */
export function packSummary(pack: Pack, isBuiltIn: boolean): PackSummary {
  const { manifest, knownWords } = pack;
  const { latent, frames, guidance, defaults } = manifest;
  const serves: readonly string[] = pack.serves;
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
    ...(knownWords ? { knownWordCount: knownWords.count } : {}),
    suggestions: { en: [...(knownWords?.suggestions.en ?? [])], zh: [...(knownWords?.suggestions.zh ?? [])] },
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
