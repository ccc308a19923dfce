import { type Samples, samples } from '../../../engine/document/time.ts';
import { type SoundRun, soundRateHz } from '../../../engine/render/sound.ts';
import { blockAt, blockIndexAt, blockSamples, mixBlock, type SoundAnchor } from './sound-blocks.ts';
import type { SoundFiles } from './sound-files.ts';

/** How far ahead of what is heard blocks are laid, and how far ahead of that their samples are fetched. */
const aheadSamples = 0.2 * soundRateHz;
const fetchSamples = 3 * soundRateHz;
const tickMs = 40;

export interface SoundProgram {
  readonly runs: readonly SoundRun[];
  readonly length: Samples;
}

/**
 * The sound device: its clock, and the blocks that are laid on it. While it runs its clock is the one to follow;
 * browsers keep it still until a gesture, and a machine without sound keeps it still for ever.
 */
export class SoundOutput {
  readonly #files: SoundFiles;
  readonly #context: AudioContext | undefined;
  readonly #volume: GainNode | undefined;
  readonly #laid = new Set<AudioBufferSourceNode>();
  #program: SoundProgram | undefined;
  #anchor: SoundAnchor | undefined;
  #nextBlock = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `onRunningChange` is called when the device's clock starts or stops. */
  constructor(files: SoundFiles, onRunningChange: () => void) {
    this.#files = files;
    try {
      // At the takes' own rate: resampled block by block, every seam would click.
      this.#context = new AudioContext({ sampleRate: soundRateHz, latencyHint: 'interactive' });
      this.#context.addEventListener('statechange', onRunningChange);
      this.#volume = this.#context.createGain();
      this.#volume.connect(this.#context.destination);
    } catch {
      this.#context = undefined; // no device: the picture plays alone
    }
  }

  get isRunning(): boolean {
    return this.#context?.state === 'running';
  }

  /** What is being heard now, in seconds of the device's clock: the time of its next sample less what is on its way. */
  heardSeconds(): number {
    if (!this.#context) return 0;
    return Math.max(0, this.#context.currentTime - (this.#context.outputLatency || 0));
  }

  /** The soonest time, in seconds of the device's clock, at which something started now would be heard. */
  soonestSeconds(): number {
    return (this.#context?.currentTime ?? 0) + 0.03;
  }

  /** Asks the browser to let sound start; it does only in a gesture. Resolves soon either way. */
  async wake(): Promise<void> {
    if (!this.#context || this.#context.state === 'running') return;
    await Promise.race([this.#context.resume().catch(() => {}), pause(150)]);
  }

  setProgram(program: SoundProgram): void {
    this.#program = program;
  }

  /** Lays sound from an anchor on, in place of what was laid before. */
  start(anchor: SoundAnchor): void {
    this.stop();
    this.#anchor = anchor;
    this.#nextBlock = 0;
    this.#layAhead();
    this.#timer = setInterval(() => this.#layAhead(), tickMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#anchor = undefined;
    for (const node of this.#laid) node.stop();
    this.#laid.clear();
  }

  setVolume(volume: number): void {
    if (this.#volume) this.#volume.gain.value = volume;
  }

  /** Fetches what the first second from an anchor needs, so that sound starts with the picture. */
  async prepare(anchor: SoundAnchor): Promise<void> {
    if (!this.#program) return;
    const reach = soundRateHz * Math.abs(anchor.rate);
    const from = anchor.rate > 0 ? anchor.origin : anchor.origin - reach;
    await Promise.race([this.#files.fetch(this.#program.runs, samples(from), samples(from + reach)), pause(300)]);
  }

  dispose(): void {
    this.stop();
    void this.#context?.close();
  }

  #layAhead(): void {
    const context = this.#context;
    const program = this.#program;
    const anchor = this.#anchor;
    if (!context || !program || !anchor) return;
    const now = Math.floor(context.currentTime * soundRateHz);
    this.#fetchAhead(program, anchor, now);
    this.#nextBlock = Math.max(this.#nextBlock, blockIndexAt(anchor, now));
    for (;;) {
      const block = blockAt(anchor, this.#nextBlock, program.length);
      if (!block || block.startsAt > now + aheadSamples) return;
      const heard = mixBlock(block, program.runs, this.#files.pcmOf);
      if (heard === 'waiting') return;
      this.#lay(context, heard, block.startsAt);
      this.#nextBlock++;
    }
  }

  #fetchAhead(program: SoundProgram, anchor: SoundAnchor, now: number): void {
    const heard = anchor.origin + (now - anchor.startsAt) * anchor.rate;
    const reach = fetchSamples * Math.abs(anchor.rate);
    const from = anchor.rate > 0 ? heard : heard - reach;
    void this.#files.fetch(program.runs, samples(from), samples(from + reach));
  }

  #lay(context: AudioContext, heard: Float32Array, startsAt: number): void {
    const buffer = context.createBuffer(2, blockSamples, soundRateHz);
    const [left, right] = [buffer.getChannelData(0), buffer.getChannelData(1)];
    for (let at = 0; at < blockSamples; at++) {
      left[at] = heard[at * 2] ?? 0;
      right[at] = heard[at * 2 + 1] ?? 0;
    }
    const node = context.createBufferSource();
    node.buffer = buffer;
    node.connect(this.#volume ?? context.destination);
    const late = context.currentTime - startsAt / soundRateHz;
    if (late > 0) node.start(context.currentTime, late);
    else node.start(startsAt / soundRateHz);
    this.#laid.add(node);
    node.addEventListener('ended', () => this.#laid.delete(node));
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
