import { type Frames, frames } from '../../engine/document/time.ts';
import { type RenderPlan, spanAt } from '../../engine/render/plan.ts';
import { pictureFrame, pictureStride } from './clock/play-clock.ts';
import type { DrawnFrame } from './compositor/drawn-frame.ts';
import type { PictureSupply } from './pictures/picture-supply.ts';
import { composeFrame, picturesAhead, picturesAt } from './pictures/shown-pictures.ts';
import type { PlayableTakes, PlayRate } from './player.ts';
import type { Screen } from './screen.ts';

/** What there is to see at one turn. */
export interface Scene {
  readonly plan: RenderPlan;
  /** Those takes that can be read. */
  readonly takes: PlayableTakes;
  readonly frame: Frames;
  /** Undefined at rest. */
  readonly playing: PlayRate | undefined;
  readonly resolution: 'full' | 'half';
}

/** Frames decoded ahead; of an original fewer, since a hardware decoder lends few. */
const framesAhead = { original: 6, proxy: 12, atRest: 4 };
/** How far back playback looks for a picture that came too late, rather than show none. */
const lateFrames = 24;
/** How long the playhead rests before its frame is drawn exactly. */
const restMs = 150;

/** Brings the scene of each turn onto the screen: what to decode, what to draw, what was missed. */
export class PictureShow {
  readonly #pictures: PictureSupply;
  readonly #screen: Screen;
  /** The sequence frame on the canvas; undefined when what is there is out of date. */
  #shown: Frames | undefined;
  /** The place a scrub asked for last: shown when it comes, though the playhead may be elsewhere by then. */
  #askedFor: Frames | undefined;
  #droppedFrames = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(pictures: PictureSupply, screen: Screen) {
    this.#pictures = pictures;
    this.#screen = screen;
  }

  get droppedFrames(): number {
    return this.#droppedFrames;
  }

  /** Counts dropped frames from 0 again. */
  restartCount(): void {
    this.#droppedFrames = 0;
  }

  /** Whether the canvas shows the scene's frame. */
  isCurrent(scene: Pick<Scene, 'frame' | 'playing'>): boolean {
    return this.#shown === dueFrame(scene);
  }

  /** Draws what there is of the scene, and asks for what is missing. */
  turn(scene: Scene): void {
    const due = dueFrame(scene);
    // Drawn first: what a scrub asked for last may have come, and is given up when something else is asked for.
    if (this.#shown !== due) this.#drawBest(scene, due);
    this.#ask(scene, due);
  }

  /** What is on the canvas no longer counts: the film, its files or the canvas changed. */
  forget(): void {
    this.#shown = undefined;
  }

  dispose(): void {
    clearTimeout(this.#resting);
  }

  #drawBest(scene: Scene, due: Frames): void {
    const found = this.#firstDrawable(scene, candidates(scene, due, { shown: this.#shown, askedFor: this.#askedFor }));
    if (!found) return;
    this.#screen.draw(found.frame, scene.playing !== undefined && scene.resolution === 'half' ? 0.5 : 1);
    if (scene.playing !== undefined) this.#countDropped(found.at, strideOf(scene.playing));
    this.#shown = found.at;
    this.#refineAtRest(scene);
  }

  #ask({ plan, takes, playing }: Scene, due: Frames): void {
    const stride = playing === undefined ? 1 : strideOf(playing);
    const count = playing === undefined ? framesAhead.atRest : framesAhead[kindAt(plan, takes, due)];
    const ahead = picturesAhead(plan, takes, due, { stride, count });
    const urgency = playing === undefined ? 'scrubbing' : 'playing';
    const asked = this.#pictures.ask(picturesAt(plan, takes, due), ahead, urgency, performance.now());
    if (asked) this.#askedFor = due;
  }

  #firstDrawable(scene: Scene, places: Iterable<Frames>): { at: Frames; frame: DrawnFrame } | undefined {
    for (const at of places) {
      const frame = this.#compose(scene, at);
      if (frame) return { at, frame };
    }
    return undefined;
  }

  #compose({ plan, takes }: Scene, at: Frames): DrawnFrame | undefined {
    return composeFrame(plan, takes, at, (key) => this.#pictures.get(key));
  }

  #countDropped(at: Frames, stride: number): void {
    if (this.#shown === undefined) return;
    const passed = (at - this.#shown) / stride;
    if (passed > 1) this.#droppedFrames += Math.floor(passed) - 1;
  }

  // A proxy gains nothing from it: it is not what will be exported.
  #refineAtRest(scene: Scene): void {
    clearTimeout(this.#resting);
    const { plan, takes, frame, playing } = scene;
    if (playing !== undefined || kindAt(plan, takes, frame) === 'proxy') return;
    this.#resting = setTimeout(() => void this.#refine(scene), restMs);
  }

  async #refine(scene: Scene): Promise<void> {
    const isStillWanted = () => this.#shown === scene.frame;
    const frame = this.#compose(scene, scene.frame);
    if (!frame || !isStillWanted() || !this.#screen.canRefine(frame)) return;
    const lent: VideoFrame[] = [];
    const layers = frame.layers.map((layer) => {
      if (!(layer.picture instanceof VideoFrame)) return layer;
      const picture = layer.picture.clone(); // the supply may let its own go meanwhile
      lent.push(picture);
      return { ...layer, picture };
    });
    try {
      await this.#screen.refine({ ...frame, layers }, isStillWanted);
    } catch {
      // The frame as it was drawn first stays.
    } finally {
      for (const picture of lent) picture.close();
    }
  }
}

function dueFrame({ frame, playing }: Pick<Scene, 'frame' | 'playing'>): Frames {
  return playing === undefined ? frame : pictureFrame(frame, playing);
}

function strideOf(playing: PlayRate): number {
  return Math.sign(playing) * pictureStride(playing);
}

/** The frames that may be drawn, best first: the due one; else a late one that shows that something moves. */
function* candidates(
  { playing }: Scene,
  due: Frames,
  { shown, askedFor }: { readonly shown: Frames | undefined; readonly askedFor: Frames | undefined },
): Generator<Frames> {
  yield due;
  if (playing === undefined) {
    if (askedFor !== undefined && askedFor !== shown) yield askedFor;
    return;
  }
  const stride = strideOf(playing);
  for (let step = 1; step <= lateFrames; step++) {
    const at = due - step * stride;
    const isNews = shown === undefined || (at - shown) * stride > 0;
    if (!isNews || at < 0) return;
    yield frames(at);
  }
}

/** Whether a frame shows the original of any take: then it matters more, and decodes more slowly. */
function kindAt(plan: RenderPlan, takes: PlayableTakes, at: Frames): 'original' | 'proxy' {
  const kinds = spanAt(plan, at)?.layers.map(({ takeId }) => takes.get(takeId)?.picture?.source.kind);
  return kinds?.includes('proxy') ? 'proxy' : 'original';
}
