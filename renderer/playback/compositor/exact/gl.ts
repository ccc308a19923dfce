// What the exact compositor needs of WebGL2, with its errors said aloud.

import type { Rectangle } from '../../../../engine/render/placement.ts';

export type Gl = WebGL2RenderingContext;

export interface Program {
  /** Makes it the program that draws. */
  begin(): void;
  uniform(name: string): WebGLUniformLocation | null;
}

/** Throws with the driver's own words when a shader does not compile. */
export function buildProgram(gl: Gl, vertex: string, fragment: string): Program {
  const handle = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('the graphics context is lost');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(handle, shader);
    gl.deleteShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(`shader: ${gl.getShaderInfoLog(shader)}`);
  }
  gl.linkProgram(handle);
  if (!gl.getProgramParameter(handle, gl.LINK_STATUS)) throw new Error(`program: ${gl.getProgramInfoLog(handle)}`);
  const locations = new Map<string, WebGLUniformLocation | null>();
  return {
    begin: () => gl.useProgram(handle),
    uniform: (name) => {
      if (!locations.has(name)) locations.set(name, gl.getUniformLocation(handle, name));
      return locations.get(name) ?? null;
    },
  };
}

/** A texture read only by texelFetch. */
export function makeTexture(gl: Gl): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
    [gl.TEXTURE_MAG_FILTER, gl.NEAREST],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ] as const) {
    gl.texParameteri(gl.TEXTURE_2D, name, value);
  }
  return texture;
}

/** An 8-bit RGBA picture that can be drawn into. */
export class Surface {
  readonly texture: WebGLTexture;
  readonly #gl: Gl;
  readonly #framebuffer: WebGLFramebuffer;
  #widthPx = 0;
  #heightPx = 0;

  constructor(gl: Gl) {
    this.#gl = gl;
    this.texture = makeTexture(gl);
    this.#framebuffer = gl.createFramebuffer();
  }

  /** Makes it the target of drawing, of this size. */
  begin(widthPx: number, heightPx: number): void {
    const gl = this.#gl;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    if (widthPx !== this.#widthPx || heightPx !== this.#heightPx) {
      gl.bindTexture(gl.TEXTURE_2D, this.texture);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, widthPx, heightPx, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.texture, 0);
      this.#widthPx = widthPx;
      this.#heightPx = heightPx;
    }
    gl.viewport(0, 0, widthPx, heightPx);
  }

  /** Copies a part of it, whole pixels inside it, to the same place of a texture of its size. */
  copyTo(texture: WebGLTexture, { left, top, right, bottom }: Rectangle): void {
    const gl = this.#gl;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, left, top, left, top, right - left, bottom - top);
  }

  /** Copies it to the canvas, top row up. */
  toCanvas(): void {
    const gl = this.#gl;
    const { width, height } = gl.canvas;
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.#framebuffer);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, null);
    gl.blitFramebuffer(0, 0, this.#widthPx, this.#heightPx, 0, height, width, 0, gl.COLOR_BUFFER_BIT, gl.NEAREST);
  }

  /** Its pixels, RGBA, top row first. */
  read(): Uint8Array<ArrayBuffer> {
    const gl = this.#gl;
    const pixels = new Uint8Array(this.#widthPx * this.#heightPx * 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.readPixels(0, 0, this.#widthPx, this.#heightPx, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    return pixels;
  }

  dispose(): void {
    this.#gl.deleteFramebuffer(this.#framebuffer);
    this.#gl.deleteTexture(this.texture);
  }
}
