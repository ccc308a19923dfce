import type { TakeId } from '../../../engine/document/ids.ts';
import { type Frames, frames } from '../../../engine/document/time.ts';
import type { RenderPlan } from '../../../engine/render/plan.ts';
import type { Picture } from '../../../renderer/playback/compositor/drawn-frame.ts';
import { ExactCompositor } from '../../../renderer/playback/compositor/exact/exact-compositor.ts';
import { openPictures } from '../../../renderer/playback/pictures/picture-reader.ts';
import { type PictureFile, pictureKeyText } from '../../../renderer/playback/pictures/protocol.ts';
import { composeFrame, picturesAt } from '../../../renderer/playback/pictures/shown-pictures.ts';
import { createPlayer, type PlayableTake, type Player } from '../../../renderer/playback/player.ts';

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
    openPlayer(plan: RenderPlan, takes: ParityRequest['takes']): void;
    player: Player;
    /** The number that the squares of a numbered clip say on the viewer's canvas. */
    readNumber(): number;
    /** Every picture that the player was sent. */
    picturesSent: (VideoFrame | ImageBitmap)[];
    /** Every block of sound that was laid on the device: when, and its first and last sample on the left. */
    blocksLaid: { when: number; first: number; last: number }[];
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

window.picturesSent = [];
window.blocksLaid = [];

/** Opens the player on the page's canvas, and keeps an eye on what passes through it. */
window.openPlayer = (plan, takes) => {
  watchPictures();
  watchSound();
  const canvas = document.querySelector<HTMLCanvasElement>('#viewer');
  if (!canvas) throw new Error('no canvas');
  window.player = createPlayer({ canvas });
  window.player.setPlan(plan, new Map(takes));
};

window.readNumber = () => {
  const canvas = document.querySelector<HTMLCanvasElement>('#viewer');
  const context = canvas?.getContext('2d');
  if (!canvas || !context) throw new Error('no canvas');
  // A square picture fitted into the canvas, in 4×4 squares.
  const side = Math.min(canvas.width, canvas.height);
  const [left, top] = [(canvas.width - side) / 2, (canvas.height - side) / 2];
  let number = 0;
  for (let bit = 0; bit < 16; bit++) {
    const x = left + (((bit % 4) + 0.5) * side) / 4;
    const y = top + ((Math.floor(bit / 4) + 0.5) * side) / 4;
    if ((context.getImageData(x, y, 1, 1).data[0] ?? 0) > 125) number += 2 ** bit;
  }
  return number;
};

function watchPictures(): void {
  const RealWorker = window.Worker;
  window.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }) => {
        if (data.kind === 'picture') window.picturesSent.push(data.picture);
      });
    }
  };
}

function watchSound(): void {
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when = 0, ...rest) {
    const left = this.buffer?.getChannelData(0);
    window.blocksLaid.push({ when, first: left?.[0] ?? 0, last: left?.at(-1) ?? 0 });
    start.call(this, when, ...rest);
  };
}
