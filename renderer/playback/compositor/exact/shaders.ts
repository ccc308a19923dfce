// The exact compositor's two steps. Both are written after what the exporter's filters compute (zscale's bilinear
// filter, overlay in gbrp), so that a frame comes out the same to 1 in 255; test/parity holds them to it.

/** A triangle that covers the viewport. */
export const wholeViewport = `#version 300 es
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}`;

/**
 * Coded samples to RGB at the coded size. Planes are integer textures: no hardware filter, no normalisation of 10-bit
 * samples that differs between drivers. Chroma is brought to every luma sample by a tent filter at its true siting.
 */
export const planesToRgb = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D luma;
uniform usampler2D chromaU;
uniform usampler2D chromaV;
uniform ivec2 chromaSize;
uniform vec2 chromaScale;    // chroma samples for each luma sample: 0.5 across and down in 4:2:0
uniform vec2 chromaOffset;   // of luma sample 0's centre from chroma sample 0's, in chroma samples
uniform bool isInterleaved;  // NV12: U and V in one plane
uniform vec3 sampleOffset;   // black, and the middle of both chroma ranges
uniform vec3 sampleScale;
uniform vec4 weights;        // V to red, U and V to green, U to blue
out vec4 rgb;

vec2 chromaAt(ivec2 at) {
  ivec2 inside = clamp(at, ivec2(0), chromaSize - 1);
  uvec4 first = texelFetch(chromaU, inside, 0);
  return isInterleaved ? vec2(first.rg) : vec2(float(first.r), float(texelFetch(chromaV, inside, 0).r));
}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec2 position = vec2(at) * chromaScale + chromaOffset;
  ivec2 low = ivec2(floor(position));
  vec2 share = position - vec2(low);
  vec2 above = mix(chromaAt(low), chromaAt(low + ivec2(1, 0)), share.x);
  vec2 below = mix(chromaAt(low + ivec2(0, 1)), chromaAt(low + ivec2(1, 1)), share.x);
  vec2 chroma = mix(above, below, share.y);
  vec3 yuv = (vec3(float(texelFetch(luma, at, 0).r), chroma) - sampleOffset) * sampleScale;
  rgb = vec4(
    yuv.x + weights.x * yuv.z,
    yuv.x + weights.y * yuv.y + weights.z * yuv.z,
    yuv.x + weights.w * yuv.y,
    1.0
  );
}`;

/**
 * Lays one RGB picture into the frame: cut, resampled by a tent filter that widens with the reduction, turned. Beyond
 * its edge a picture is mirrored, as zscale does. Rounded to 8 bits before it is blended, as the filter graph does.
 */
export const layerIntoFrame = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
uniform sampler2D picture;
uniform ivec4 source;        // left, top, width, height of the cut, in coded pixels
uniform ivec2 scaledSize;    // what the cut is resampled to, before the turn
uniform ivec2 targetOrigin;
uniform ivec2 targetSize;    // after the turn
uniform int quarterTurns;    // clockwise
uniform bool isMirrored;
uniform int alpha;           // 255 is opaque
uniform sampler2D below;     // the frame so far
out vec4 colour;

// Where the pixel lies in the resampled picture before it was turned and flipped.
ivec2 beforeTurn(ivec2 at) {
  ivec2 p = isMirrored ? ivec2(targetSize.x - 1 - at.x, at.y) : at;
  if (quarterTurns == 1) return ivec2(p.y, targetSize.x - 1 - p.x);
  if (quarterTurns == 2) return targetSize - 1 - p;
  if (quarterTurns == 3) return ivec2(targetSize.y - 1 - p.y, p.x);
  return p;
}

int mirrored(int at, int size) {
  int inside = at < 0 ? -1 - at : (at >= size ? 2 * size - 1 - at : at);
  return clamp(inside, 0, size - 1);
}

struct Taps { int first; int count; float centre; float step; };

Taps tapsAt(int at, int from, int to) {
  if (from == to) return Taps(at, 1, float(at) + 0.5, 1.0);
  float ratio = float(from) / float(to);
  float step = min(1.0, 1.0 / ratio);
  int count = int(ceil(1.0 / step - 1e-6)) * 2;
  float centre = (float(at) + 0.5) * ratio;
  return Taps(int(floor(centre - float(count) * 0.5 + 0.5)), count, centre, step);
}

float weightAt(Taps taps, int at) {
  return max(0.0, 1.0 - abs(float(at) + 0.5 - taps.centre) * taps.step);
}

void main() {
  ivec2 at = beforeTurn(ivec2(gl_FragCoord.xy) - targetOrigin);
  Taps across = tapsAt(at.x, source.z, scaledSize.x);
  Taps down = tapsAt(at.y, source.w, scaledSize.y);
  vec4 sum = vec4(0.0);
  float total = 0.0;
  for (int j = 0; j < down.count; j++) {
    float weightDown = weightAt(down, down.first + j);
    if (weightDown == 0.0) continue;
    int y = source.y + mirrored(down.first + j, source.w);
    for (int i = 0; i < across.count; i++) {
      float weight = weightDown * weightAt(across, across.first + i);
      if (weight == 0.0) continue;
      int x = source.x + mirrored(across.first + i, source.z);
      sum += weight * texelFetch(picture, ivec2(x, y), 0);
      total += weight;
    }
  }
  ivec4 own = ivec4(sum / total * 255.0 + 0.5);
  int opacity = (own.a * alpha * 2 + 255) / 510;
  ivec3 under = ivec3(texelFetch(below, ivec2(gl_FragCoord.xy), 0).rgb * 255.0 + 0.5);
  // overlay's own division by 255; the blending of the graphics card rounds as it likes.
  ivec3 blended = ((under * (255 - opacity) + own.rgb * opacity + 128) * 257) >> 16;
  colour = vec4(vec3(blended) / 255.0, 1.0);
}`;
