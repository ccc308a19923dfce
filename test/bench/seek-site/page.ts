import { Input, MP4, UrlSource, VideoSampleSink } from 'mediabunny';
import type { TakeId } from '../../../engine/document/ids.ts';
import { type Frames, frames } from '../../../engine/document/time.ts';
import type { RenderPlan } from '../../../engine/render/plan.ts';
import { createPlayer, type PlayableTake } from '../../../renderer/playback/player.ts';

/** A plan and the take in it, as the bench sends them. */
export interface SeekRequest {
  readonly plan: RenderPlan;
  readonly takes: readonly (readonly [TakeId, PlayableTake])[];
  /** Frames to go to, one after the other. */
  readonly wanted: readonly number[];
}

declare global {
  interface Window {
    /** Milliseconds from each request to its picture on the canvas, by the window's own player. */
    timeSeeks(request: SeekRequest): Promise<number[]>;
    /** Milliseconds to decode the stretches that begin at these seconds, with nothing of ours in between. */
    timeDecoding(url: string, fromSeconds: readonly number[], lengthSeconds: number): Promise<number[]>;
  }
}

window.timeSeeks = async ({ plan, takes, wanted }) => {
  const canvas = document.querySelector<HTMLCanvasElement>('#viewer');
  if (!canvas) throw new Error('no canvas');
  const player = createPlayer({ canvas });
  const shown = (frame: Frames) =>
    new Promise<void>((resolve) => {
      const stop = player.subscribe((state) => {
        if (state.frame !== frame || state.picture !== 'current') return;
        stop();
        resolve();
      });
    });
  player.setPlan(plan, new Map(takes));
  await shown(frames(0));
  const times: number[] = [];
  for (const at of wanted) {
    const asked = performance.now();
    const arrival = shown(frames(at));
    player.seek(frames(at));
    await arrival;
    times.push(performance.now() - asked);
  }
  player.dispose();
  return times;
};

window.timeDecoding = async (url, fromSeconds, lengthSeconds) => {
  using input = new Input({ source: new UrlSource(url), formats: [MP4] });
  const [track] = await input.getVideoTracks();
  if (!track) throw new Error('no picture');
  const sink = new VideoSampleSink(track);
  const times: number[] = [];
  for (const from of fromSeconds) {
    const started = performance.now();
    for await (const sample of sink.samples(from, from + lengthSeconds)) sample.close();
    times.push(performance.now() - started);
  }
  return times;
};
