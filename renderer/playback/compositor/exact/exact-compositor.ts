import type { Rectangle } from '../../../../engine/render/placement.ts';
import type { DrawnFrame, DrawnLayer, Picture } from '../drawn-frame.ts';
import { buildProgram, type Gl, makeTexture, type Program, Surface } from './gl.ts';
import { type CopiedPicture, conversion, copyPicture, type Plane } from './planes.ts';
import { layerIntoFrame, planesToRgb, wholeViewport } from './shaders.ts';

/**
 * Draws frames as the exporter renders them: own colour conversion from the decoder's samples, own resampling, 8-bit
 * blending. Owns a WebGL2 context of its own, whose canvas holds the last frame drawn.
 */
export class ExactCompositor {
  readonly canvas: OffscreenCanvas;
  readonly #gl: Gl;
  readonly #toRgb: Program;
  readonly #intoFrame: Program;
  readonly #planeTextures: readonly WebGLTexture[];
  readonly #bitmapTexture: WebGLTexture;
  readonly #rgb: Surface;
  readonly #frame: Surface;
  /** What the frame showed where a layer is about to be laid: a shader cannot read what it draws into. */
  readonly #below: WebGLTexture;
  #belowSize = { widthPx: 0, heightPx: 0 };

  /** Throws when there is no WebGL2. */
  constructor() {
    this.canvas = new OffscreenCanvas(1, 1);
    const gl = this.canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false });
    if (!gl) throw new Error('there is no WebGL2');
    this.#gl = gl;
    this.#toRgb = buildProgram(gl, wholeViewport, planesToRgb);
    this.#intoFrame = buildProgram(gl, wholeViewport, layerIntoFrame);
    this.#planeTextures = [makeTexture(gl), makeTexture(gl), makeTexture(gl)];
    this.#bitmapTexture = makeTexture(gl);
    this.#rgb = new Surface(gl);
    this.#frame = new Surface(gl);
    this.#below = makeTexture(gl);
    gl.disable(gl.DITHER);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  }

  /** Whether this machine's textures hold the frame and its pictures. */
  canDraw(frame: DrawnFrame): boolean {
    const limit: number = this.#gl.getParameter(this.#gl.MAX_TEXTURE_SIZE);
    const sizes = [frame, ...frame.layers.map(({ picture }) => sizeOf(picture))];
    return !this.#gl.isContextLost() && sizes.every(({ widthPx, heightPx }) => Math.max(widthPx, heightPx) <= limit);
  }

  /**
   * Draws a frame into `canvas`, at the frame's own size. The layers' pictures must stay open until it is done, and
   * only one frame may be drawn at a time. Rejects when a picture cannot be read.
   */
  async draw(frame: DrawnFrame): Promise<void> {
    // Copying waits for the decoder's memory; the drawing itself then happens in one go.
    const copied = await Promise.all(frame.layers.map(({ picture }) => copyLayer(picture)));
    this.#beginFrame(frame);
    for (const [index, layer] of frame.layers.entries()) {
      const picture = copied[index];
      if (picture) this.#drawLayer(frame, layer, this.#rgbTexture(layer, picture));
    }
    this.canvas.width = frame.widthPx;
    this.canvas.height = frame.heightPx;
    this.#frame.toCanvas();
  }

  /** The pixels of the last frame drawn: RGBA, top row first. */
  readPixels(): Uint8Array<ArrayBuffer> {
    return this.#frame.read();
  }

  dispose(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #beginFrame({ widthPx, heightPx }: DrawnFrame): void {
    const gl = this.#gl;
    this.#frame.begin(widthPx, heightPx);
    gl.clearColor(0, 0, 0, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  #rgbTexture(layer: DrawnLayer, picture: CopiedPicture | ImageBitmap): WebGLTexture {
    const gl = this.#gl;
    if ('kind' in picture && picture.kind === 'planes') return this.#convert(layer, picture);
    gl.bindTexture(gl.TEXTURE_2D, this.#bitmapTexture);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
    if ('kind' in picture) {
      const { widthPx, heightPx, pixels } = picture;
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, widthPx, heightPx, 0, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    } else {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    }
    return this.#bitmapTexture;
  }

  #convert({ colour, siting }: DrawnLayer, picture: Extract<CopiedPicture, { kind: 'planes' }>): WebGLTexture {
    const gl = this.#gl;
    const { uniform } = this.#toRgb;
    const isInterleaved = picture.planes.length === 2;
    // First: a surface that changes its size binds its own texture where the luma plane belongs.
    this.#rgb.begin(picture.widthPx, picture.heightPx);
    this.#toRgb.begin();
    for (const [unit, name] of ['luma', 'chromaU', 'chromaV'].entries()) {
      const plane = picture.planes[unit];
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, this.#planeTextures[unit] ?? null);
      if (plane) uploadPlane(gl, plane, isInterleaved && unit === 1 ? 2 : 1);
      gl.uniform1i(uniform(name), plane ? unit : 1);
    }
    gl.activeTexture(gl.TEXTURE0);
    const numbers = conversion(colour, siting, picture);
    const chroma = picture.planes[1];
    gl.uniform2i(uniform('chromaSize'), chroma?.widthPx ?? 1, chroma?.heightPx ?? 1);
    gl.uniform2fv(uniform('chromaScale'), numbers.chromaScale);
    gl.uniform2fv(uniform('chromaOffset'), numbers.chromaOffset);
    gl.uniform1i(uniform('isInterleaved'), isInterleaved ? 1 : 0);
    gl.uniform3fv(uniform('sampleOffset'), numbers.sampleOffset);
    gl.uniform3fv(uniform('sampleScale'), numbers.sampleScale);
    gl.uniform4fv(uniform('weights'), numbers.weights);
    gl.disable(gl.BLEND);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    return this.#rgb.texture;
  }

  #drawLayer(frame: DrawnFrame, { placed, alpha }: DrawnLayer, texture: WebGLTexture): void {
    const gl = this.#gl;
    const { uniform } = this.#intoFrame;
    const { source, scaled, target, rotationDegrees, isMirrored } = placed;
    this.#intoFrame.begin();
    gl.uniform1i(uniform('picture'), 0);
    gl.uniform4i(uniform('source'), source.left, source.top, source.right - source.left, source.bottom - source.top);
    gl.uniform2i(uniform('scaledSize'), scaled.widthPx, scaled.heightPx);
    gl.uniform2i(uniform('targetOrigin'), target.left, target.top);
    gl.uniform2i(uniform('targetSize'), target.right - target.left, target.bottom - target.top);
    gl.uniform1i(uniform('quarterTurns'), rotationDegrees / 90);
    gl.uniform1i(uniform('isMirrored'), isMirrored ? 1 : 0);
    gl.uniform1i(uniform('alpha'), alpha);
    const seen = insideOf(frame, target);
    this.#keepBelow(frame, seen);
    gl.uniform1i(uniform('below'), 1);
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.#below);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    this.#frame.begin(frame.widthPx, frame.heightPx);
    gl.disable(gl.BLEND);
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(seen.left, seen.top, seen.right - seen.left, seen.bottom - seen.top);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.disable(gl.SCISSOR_TEST);
  }

  #keepBelow({ widthPx, heightPx }: DrawnFrame, seen: Rectangle): void {
    const gl = this.#gl;
    if (this.#belowSize.widthPx !== widthPx || this.#belowSize.heightPx !== heightPx) {
      gl.bindTexture(gl.TEXTURE_2D, this.#below);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, widthPx, heightPx, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
      this.#belowSize = { widthPx, heightPx };
    }
    this.#frame.copyTo(this.#below, seen);
  }
}

function insideOf({ widthPx, heightPx }: DrawnFrame, { left, top, right, bottom }: Rectangle): Rectangle {
  return {
    left: Math.max(0, left),
    top: Math.max(0, top),
    right: Math.min(widthPx, right),
    bottom: Math.min(heightPx, bottom),
  };
}

function sizeOf(picture: Picture): { readonly widthPx: number; readonly heightPx: number } {
  return picture instanceof ImageBitmap
    ? { widthPx: picture.width, heightPx: picture.height }
    : { widthPx: picture.codedWidth, heightPx: picture.codedHeight };
}

async function copyLayer(picture: Picture): Promise<CopiedPicture | ImageBitmap> {
  return picture instanceof ImageBitmap ? picture : copyPicture(picture);
}

function uploadPlane(gl: Gl, { samples, widthPx, heightPx, rowSamples }: Plane, channels: 1 | 2): void {
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, rowSamples);
  const isWide = samples instanceof Uint16Array;
  const format = channels === 2 ? gl.RG_INTEGER : gl.RED_INTEGER;
  const inner = isWide ? gl.R16UI : channels === 2 ? gl.RG8UI : gl.R8UI;
  const type = isWide ? gl.UNSIGNED_SHORT : gl.UNSIGNED_BYTE;
  gl.texImage2D(gl.TEXTURE_2D, 0, inner, widthPx, heightPx, 0, format, type, samples);
}
