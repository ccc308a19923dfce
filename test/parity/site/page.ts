import type { TakeId } from '../../../engine/document/ids.ts';
import { type Frames, frames } from '../../../engine/document/time.ts';
import type { RenderPlan } from '../../../engine/render/plan.ts';
import type { Picture } from '../../../renderer/playback/compositor/drawn-frame.ts';
import { ExactCompositor } from '../../../renderer/playback/compositor/exact/exact-compositor.ts';
import { openPictures } from '../../../renderer/playback/pictures/picture-reader.ts';
import { type PictureFile, pictureKeyText } from '../../../renderer/playback/pictures/protocol.ts';
import { composeFrame, picturesAt } from '../../../renderer/playback/pictures/shown-pictures.ts';
import type { PlayableTake } from '../../../renderer/playback/player.ts';

/** A plan and the files behind it, as a test sends them. */
export interface ParityRequest {
  readonly plan: RenderPlan;
  readonly takes: readonly (readonly [TakeId, PlayableTake])[];
  /** Where each take's pictures are; `frame` in a still's address stands for the take frame. */
  readonly files: readonly (readonly [TakeId, PictureFile])[];
  readonly at: number;
}

declare global {
  interface Window {
    drawExactly(request: ParityRequest): Promise<string>;
  }
}

const compositor = new ExactCompositor();

/** Draws one frame with the exact compositor and answers its RGBA pixels in base 64. */
window.drawExactly = async ({ plan, takes, files, at }) => {
  const playable = new Map(takes);
  const frame = frames(at);
  const pictures = new Map<string, Picture>();
  for (const key of picturesAt(plan, playable, frame)) {
    const file = new Map(files).get(key.takeId);
    if (!file) throw new Error(`no file for ${key.takeId}`);
    pictures.set(pictureKeyText(key), await pictureOf(file, key.frame));
  }
  const drawn = composeFrame(plan, playable, frame, (key) => pictures.get(pictureKeyText(key)));
  if (!drawn) throw new Error('a picture is missing');
  await compositor.draw(drawn);
  for (const picture of pictures.values()) picture.close();
  return base64(compositor.readPixels());
};

async function pictureOf(file: PictureFile, frame: Frames): Promise<Picture> {
  const reader = await openPictures(
    file.kind === 'still' ? { ...file, url: file.url.replace('frame', `${frame}`) } : file,
  );
  let found: Picture | undefined;
  await reader.read(
    [frame],
    (_, picture) => {
      found = picture;
    },
    new AbortController().signal,
  );
  await reader.close();
  if (!found) throw new Error(`no picture ${frame} in ${file.url}`);
  return found;
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
