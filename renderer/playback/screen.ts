import { draw2d } from './compositor/draw-2d.ts';
import { type DrawnFrame, fitFrame } from './compositor/drawn-frame.ts';
import { ExactCompositor } from './compositor/exact/exact-compositor.ts';
import { hasHardwareGl } from './compositor/hardware-gl.ts';

/** The canvas the editor looks at: its size in device pixels, and the two ways a frame gets onto it. */
export class Screen {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #watch: ResizeObserver;
  #exact: ExactCompositor | 'unavailable' | undefined;

  /** `onResize` is called when the canvas has another size on the page and what is drawn no longer fits. */
  constructor(canvas: HTMLCanvasElement, onResize: () => void) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('the canvas cannot be drawn on');
    this.#canvas = canvas;
    this.#context = context;
    this.#watch = new ResizeObserver(onResize);
    this.#watch.observe(canvas);
  }

  /** Draws a frame at once, the quick way. `share` of the canvas's own resolution, 1 or less. */
  draw(frame: DrawnFrame, share: number): void {
    this.#fitCanvas(share);
    draw2d(this.#context, frame, fitFrame(frame, this.#canvas));
  }

  /** Whether `refine` can make a better picture of a frame here: without a GPU it would hold the window up. */
  canRefine(frame: DrawnFrame): boolean {
    this.#exact ??= hasHardwareGl() ? openExact() : 'unavailable';
    return this.#exact !== 'unavailable' && frame.layers.length > 0 && this.#exact.canDraw(frame);
  }

  /**
   * Draws a frame exactly as it will be exported. The frame's pictures must stay open meanwhile; `isStillWanted` is
   * asked before it is shown.
   */
  async refine(frame: DrawnFrame, isStillWanted: () => boolean): Promise<void> {
    if (this.#exact === undefined || this.#exact === 'unavailable') return;
    await this.#exact.draw(frame);
    if (!isStillWanted()) return;
    this.#fitCanvas(1);
    const { left, top, widthPx, heightPx } = fitFrame(frame, this.#canvas);
    this.#context.imageSmoothingQuality = 'high';
    this.#context.drawImage(this.#exact.canvas, left, top, widthPx, heightPx);
  }

  dispose(): void {
    this.#watch.disconnect();
    if (this.#exact instanceof ExactCompositor) this.#exact.dispose();
  }

  #fitCanvas(share: number): void {
    const scale = window.devicePixelRatio * share;
    const width = Math.max(1, Math.round(this.#canvas.clientWidth * scale));
    const height = Math.max(1, Math.round(this.#canvas.clientHeight * scale));
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
  }
}

function openExact(): ExactCompositor | 'unavailable' {
  try {
    return new ExactCompositor();
  } catch {
    return 'unavailable';
  }
}
