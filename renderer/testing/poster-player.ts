import { type Frames, frames, framesPerSecond, noFrames } from '../../engine/document/time.ts';
import { placementOf } from '../../engine/render/placement.ts';
import { type RenderPlan, spanAt } from '../../engine/render/plan.ts';
import type { PlayableTakes, Player, PlayerOptions, PlayerState, PlayRate } from '../playback/player.ts';

const atRest: PlayerState = {
  frame: noFrames,
  isPlaying: false,
  rate: 1,
  droppedFrames: 0,
  picture: 'current',
  unreadable: [],
};

/** A player without decoders for tests of the window alone: it shows each take's still, in its place, and is silent. */
export function createPosterPlayer({ canvas, mediaUrl = (id) => `/media/${id}` }: PlayerOptions): Player {
  let state = atRest;
  let plan: RenderPlan | undefined;
  let takes: PlayableTakes = new Map();
  let timer = 0;
  const listeners = new Set<(state: PlayerState) => void>();
  const images = new Map<string, HTMLImageElement>();
  const resized = new ResizeObserver(() => draw());

  const set = (change: Partial<PlayerState>) => {
    state = { ...state, ...change };
    draw();
    for (const listener of listeners) listener(state);
  };
  const clamp = (to: number): Frames => frames(Math.max(0, Math.min(plan?.length ?? 0, Math.round(to))));

  const draw = () => {
    const to = canvas.getContext('2d');
    if (!to || !plan) return;
    canvas.width = canvas.clientWidth * devicePixelRatio;
    canvas.height = canvas.clientHeight * devicePixelRatio;
    to.fillRect(0, 0, canvas.width, canvas.height);
    to.scale(canvas.width / plan.widthPx, canvas.height / plan.heightPx);
    for (const layer of spanAt(plan, state.frame)?.layers ?? []) {
      const picture = plan.takes[layer.takeId]?.picture;
      const source = takes.get(layer.takeId)?.picture?.source;
      const placement = picture && placementOf(layer.framing, picture, plan);
      if (source?.kind !== 'still' || !placement) continue;
      const image = images.get(source.media) ?? load(source.media);
      if (!image.complete) continue;
      const { left, top, right, bottom } = placement.target;
      to.globalAlpha = layer.framing.opacity;
      to.drawImage(image, left, top, right - left, bottom - top);
    }
  };
  const load = (media: Parameters<typeof mediaUrl>[0]) => {
    const image = new Image();
    image.onload = draw;
    image.src = mediaUrl(media);
    images.set(media, image);
    return image;
  };

  const pause = () => {
    cancelAnimationFrame(timer);
    set({ isPlaying: false, rate: 1 });
  };
  const play = (rate: PlayRate = 1) => {
    cancelAnimationFrame(timer);
    const from = plan && state.frame >= plan.length && rate > 0 ? noFrames : state.frame;
    const startedAt = performance.now();
    const tick = () => {
      const seconds = (performance.now() - startedAt) / 1000;
      const frame = clamp(from + seconds * rate * framesPerSecond(plan?.rate ?? { num: 24, den: 1 }));
      const isAtEnd = frame === (rate > 0 ? plan?.length : 0);
      set({ frame, isPlaying: !isAtEnd, rate: isAtEnd ? 1 : rate });
      if (!isAtEnd) timer = requestAnimationFrame(tick);
    };
    tick();
  };

  resized.observe(canvas);
  return {
    get state() {
      return state;
    },
    setPlan: (next, playable) => {
      plan = next;
      takes = playable;
      set({ frame: clamp(state.frame) });
    },
    seek: (to) => set({ frame: clamp(to) }),
    step: (by) => {
      pause();
      set({ frame: clamp(state.frame + by) });
    },
    play,
    pause,
    shuttle: (key) => {
      if (key === 'K') return pause();
      const way = key === 'L' ? 1 : -1;
      const isFaster = state.isPlaying && Math.sign(state.rate) === way;
      play((isFaster ? Math.sign(state.rate) * Math.min(8, Math.abs(state.rate) * 2) : way) as PlayRate); // one of its steps
    },
    setResolution: () => {},
    setVolume: () => {},
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => {
      cancelAnimationFrame(timer);
      resized.disconnect();
      listeners.clear();
    },
  };
}
