import type { MediaId } from '../../engine/contract/ids.ts';
import { assertNever } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import type { RenderPlan } from '../../engine/render/plan.ts';
import type { PictureFile } from './pictures/protocol.ts';
import type { PlayableTakes } from './player.ts';

type UrlOf = (media: MediaId) => string;

/** Where the pictures of the takes in a plan are read. */
export function pictureFilesOf(plan: RenderPlan, takes: PlayableTakes, urlOf: UrlOf): ReadonlyMap<TakeId, PictureFile> {
  const shown = new Set(plan.spans.flatMap((span) => span.layers.map((layer) => layer.takeId)));
  const files = new Map<TakeId, PictureFile>();
  for (const takeId of shown) {
    const file = pictureFileOf(plan, takes, takeId, urlOf);
    if (file) files.set(takeId, file);
  }
  return files;
}

/** Where the sounds of the takes in a plan are read. */
export function soundUrlsOf(plan: RenderPlan, takes: PlayableTakes, urlOf: UrlOf): ReadonlyMap<TakeId, string> {
  const urls = new Map<TakeId, string>();
  for (const { takeId } of plan.sounds) {
    const sound = takes.get(takeId)?.sound;
    if (sound) urls.set(takeId, urlOf(sound));
  }
  return urls;
}

function pictureFileOf(plan: RenderPlan, takes: PlayableTakes, takeId: TakeId, urlOf: UrlOf): PictureFile | undefined {
  const source = takes.get(takeId)?.picture?.source;
  const facts = plan.takes[takeId]?.picture;
  if (!source || !facts) return undefined;
  const url = urlOf(source.media);
  if (source.kind === 'still' || facts.kind === 'still') return { kind: 'still', url };
  const moving = { kind: 'moving' as const, url, rate: facts.rate, frameCount: facts.frameCount };
  switch (source.kind) {
    case 'proxy':
      return { ...moving, isProxy: true };
    case 'original':
      return {
        ...moving,
        isProxy: false,
        ...(source.frameTable ? { frameTableUrl: urlOf(source.frameTable) } : {}),
      };
    default:
      return assertNever(source);
  }
}
