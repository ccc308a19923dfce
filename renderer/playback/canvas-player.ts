import type { MediaId } from '../../engine/contract/ids.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { addFrames, type Frames, frames, sameRate } from '../../engine/document/time.ts';
import { type RenderPlan, spanAt } from '../../engine/render/plan.ts';
import { soundLength, soundRateHz, soundRuns } from '../../engine/render/sound.ts';
import { shuttled } from './clock/shuttle.ts';
import { PictureShow } from './picture-show.ts';
import { PictureSupply } from './pictures/picture-supply.ts';
import { type Clock, PlayHead } from './play-head.ts';
import { pictureFilesOf, soundUrlsOf } from './playable-files.ts';
import type { PlayableTakes, Player, PlayerOptions, PlayerState, PlayRate } from './player.ts';
import { Screen } from './screen.ts';
import { isAudible, soundAnchor } from './sound/sound-blocks.ts';
import { SoundFiles } from './sound/sound-files.ts';
import { SoundOutput } from './sound/sound-output.ts';

/** The player behind `createPlayer`: joins the playhead, pictures, sound and screen, one turn an animation frame. */
export class CanvasPlayer implements Player {
  readonly #urlOf: (media: MediaId) => string;
  readonly #head = new PlayHead();
  readonly #screen: Screen;
  readonly #pictures: PictureSupply;
  readonly #show: PictureShow;
  readonly #soundFiles: SoundFiles;
  readonly #sound: SoundOutput;
  readonly #listeners = new Set<(state: PlayerState) => void>();
  readonly #unreadable = new Set<TakeId>();
  #plan: RenderPlan | undefined;
  #takes: PlayableTakes = new Map();
  /** Whatever of the takes can be read. */
  #readable: PlayableTakes = new Map();
  #resolution: 'full' | 'half' = 'full';
  #told: PlayerState | undefined;
  #turn: number | undefined;
  /** Counts departures: what was awaited for an earlier one is dropped. */
  #departure = 0;

  constructor({ canvas, mediaUrl }: PlayerOptions) {
    this.#urlOf = mediaUrl ?? ((media) => `/media/${media}`);
    this.#screen = new Screen(canvas, () => this.#redraw());
    const onUnreadable = (takeId: TakeId) => this.#markUnreadable(takeId);
    this.#pictures = new PictureSupply({ onArrival: () => this.#wake(), onUnreadable });
    this.#show = new PictureShow(this.#pictures, this.#screen);
    this.#soundFiles = new SoundFiles(onUnreadable);
    this.#sound = new SoundOutput(this.#soundFiles, () => this.#changeClock());
  }

  get state(): PlayerState {
    const playing = this.#head.playing;
    return {
      frame: this.#head.frame,
      isPlaying: playing !== undefined,
      rate: playing ?? 1,
      droppedFrames: this.#show.droppedFrames,
      picture: this.#isCurrent() ? 'current' : 'loading',
      unreadable: this.#unreadableHere(),
    };
  }

  setPlan(plan: RenderPlan, takes: PlayableTakes): void {
    const before = this.#plan;
    for (const takeId of [...this.#unreadable]) {
      if (JSON.stringify(takes.get(takeId)) !== JSON.stringify(this.#takes.get(takeId)))
        this.#unreadable.delete(takeId);
    }
    this.#plan = plan;
    this.#takes = takes;
    if (before && !sameRate(before.rate, plan.rate)) this.pause();
    this.#head.setSequence(plan);
    this.#soundFiles.setFiles(soundUrlsOf(plan, takes, this.#urlOf));
    this.#sound.setProgram({ runs: soundRuns(plan), length: soundLength(plan) });
    const soundsAlike = before !== undefined && JSON.stringify(before.sounds) === JSON.stringify(plan.sounds);
    if (!soundsAlike) this.#startSound();
    this.#readAgain();
  }

  seek(frame: Frames): void {
    this.#head.moveTo(frame);
    if (this.#head.playing !== undefined) void this.#setOff();
    this.#wake();
  }

  step(byFrames: number): void {
    this.#sound.stop();
    this.#head.follow();
    this.#head.stepBy(byFrames);
    this.#wake();
  }

  play(rate: PlayRate = 1): void {
    if (!this.#plan || this.#plan.length === 0) return;
    if (this.#head.playing === undefined) this.#show.restartCount();
    if (this.#head.isMoving) {
      this.#head.goOn(this.#clock(), rate);
      this.#startSound();
    } else {
      this.#head.prepare(rate);
      void this.#setOff();
    }
    this.#wake();
  }

  pause(): void {
    this.#departure++;
    this.#head.rest();
    this.#sound.stop();
    this.#wake();
  }

  shuttle(key: 'J' | 'K' | 'L'): void {
    const rate = shuttled(this.#head.playing, key);
    if (rate === undefined) this.pause();
    else this.play(rate);
  }

  setResolution(resolution: 'full' | 'half'): void {
    this.#resolution = resolution;
  }

  setVolume(volume: number): void {
    this.#sound.setVolume(Math.min(1, Math.max(0, volume)));
  }

  subscribe(listener: (state: PlayerState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#departure++;
    if (this.#turn !== undefined) cancelAnimationFrame(this.#turn);
    this.#listeners.clear();
    this.#show.dispose();
    this.#sound.dispose();
    this.#soundFiles.dispose();
    this.#pictures.dispose();
    this.#screen.dispose();
  }

  // Sound is fetched before the clock starts, so that it does not come in late; the picture stands meanwhile.
  async #setOff(): Promise<void> {
    const departure = ++this.#departure;
    this.#sound.stop();
    const rate = this.#head.playing;
    if (rate === undefined || !this.#plan) return;
    await this.#sound.wake();
    const edge = rate > 0 ? this.#head.frame : addFrames(this.#head.frame, frames(1));
    if (isAudible(rate)) await this.#sound.prepare(soundAnchor(edge, rate, this.#plan.rate, 0));
    if (departure !== this.#departure) return;
    const clock = this.#clock();
    this.#head.begin(clock, clock.kind === 'sound' ? this.#sound.soonestSeconds() : clock.seconds());
    this.#startSound();
    this.#wake();
  }

  #clock(): Clock {
    return this.#sound.isRunning
      ? { kind: 'sound', seconds: () => this.#sound.heardSeconds() }
      : { kind: 'wall', seconds: () => performance.now() / 1000 };
  }

  // The device woke up, or went to sleep: playback goes on by whatever clock there is.
  #changeClock(): void {
    const rate = this.#head.playing;
    if (rate === undefined) return;
    this.#head.goOn(this.#clock(), rate);
    this.#startSound();
  }

  #startSound(): void {
    this.#sound.stop();
    const rate = this.#head.playing;
    if (rate === undefined || !this.#plan || !this.#sound.isRunning || !isAudible(rate)) return;
    const edge = this.#head.edgeAfter(this.#sound.soonestSeconds());
    if (edge) this.#sound.start(soundAnchor(edge.edge, rate, this.#plan.rate, edge.seconds * soundRateHz));
  }

  #wake(): void {
    this.#turn ??= requestAnimationFrame(() => {
      this.#turn = undefined;
      this.#takeTurn();
    });
  }

  #takeTurn(): void {
    const wasPlaying = this.#head.playing !== undefined;
    this.#head.follow();
    if (wasPlaying && this.#head.playing === undefined) this.#sound.stop();
    const { playing, frame } = this.#head;
    if (this.#plan) {
      this.#show.turn({ plan: this.#plan, takes: this.#readable, frame, playing, resolution: this.#resolution });
    }
    this.#tell();
    if (playing !== undefined || !this.#isCurrent()) this.#wake();
  }

  #isCurrent(): boolean {
    return this.#show.isCurrent({ frame: this.#head.frame, playing: this.#head.playing });
  }

  #redraw(): void {
    this.#show.forget();
    this.#wake();
  }

  #markUnreadable(takeId: TakeId): void {
    this.#unreadable.add(takeId);
    this.#readAgain();
  }

  #readAgain(): void {
    if (!this.#plan) return;
    this.#readable = new Map([...this.#takes].filter(([takeId]) => !this.#unreadable.has(takeId)));
    this.#pictures.setFiles(pictureFilesOf(this.#plan, this.#readable, this.#urlOf));
    this.#redraw();
  }

  #unreadableHere(): readonly TakeId[] {
    const at = this.#head.frame;
    const layers = this.#plan ? (spanAt(this.#plan, at)?.layers ?? []) : [];
    const sounds = this.#plan?.sounds.filter((sound) => sound.in <= at && at < sound.out) ?? [];
    const here = new Set([...layers, ...sounds].map(({ takeId }) => takeId));
    return [...here].filter((takeId) => this.#unreadable.has(takeId));
  }

  #tell(): void {
    const state = this.state;
    if (this.#told && JSON.stringify(this.#told) === JSON.stringify(state)) return;
    this.#told = state;
    for (const listener of this.#listeners) listener(state);
  }
}
