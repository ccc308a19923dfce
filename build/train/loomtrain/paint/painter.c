/* The painter of training clips: scene tables (scene/canvas.py) to 8-bit planes, one thread, no allocation
 * beyond one float frame. The torch reference (reference.py) is the same maths; both agree within 1/255. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { MARK_WIDTH = 22, LAYER_WIDTH = 19 };

static inline float unit(float x) { return x < 0 ? 0 : x > 1 ? 1 : x; }
static inline float smooth(float x) { return x * x * (3 - 2 * x); }

static inline void blend(float *value, float colour, float alpha) { *value += (colour - *value) * alpha; }

/* Integer hash, the same bits on every machine: a sine hash differs between compilers and moved windows. */
static inline float hash_unit(int32_t column, int32_t row, uint32_t seed) {
  uint32_t h = (uint32_t)column * 0x9E3779B1u ^ (uint32_t)row * 0x85EBCA77u ^ seed * 0xC2B2AE3Du;
  h ^= h >> 15; h *= 0x2C1B3CDDu; h ^= h >> 12; h *= 0x297A2D39u; h ^= h >> 15;
  return (float)(h >> 8) * (1.f / 16777216.f);
}

static void paint_sky(float *planes, const float *sky, int height, int width) {
  for (int y = 0; y < height; y++) {
    float place = unit(((y + .5f) / height) / .72f) * 2;
    float top = unit(1 - place), horizon = unit(place - 1), middle = 1 - top - horizon;
    for (int k = 0; k < 3; k++) {
      float colour = sky[k] * top + sky[3 + k] * middle + sky[6 + k] * horizon;
      float *row = planes + (k * height + y) * width;
      for (int x = 0; x < width; x++) row[x] = colour;
    }
  }
}

static void paint_mark(float *planes, const float *m, int height, int width) {
  const float pixel = 1.f / height;
  const float centre_x = m[0], centre_y = m[1], cosine = m[2], sine = m[3], scale_x = m[4], scale_y = m[5];
  const float top = m[6], bottom = m[7], half = m[8], rounding = m[9], alpha = m[19], edge = pixel + m[20];
  if (alpha <= 0) return;
  const float reach_x = (fmaxf(top, bottom) + rounding) * scale_x, reach_y = (half + rounding) * scale_y;
  const float box_x = fabsf(cosine) * reach_x + fabsf(sine) * reach_y + edge;
  const float box_y = fabsf(sine) * reach_x + fabsf(cosine) * reach_y + edge;
  int x0 = (int)floorf((centre_x - box_x) * height), x1 = (int)ceilf((centre_x + box_x) * height) + 1;
  int y0 = (int)floorf((centre_y - box_y) * height), y1 = (int)ceilf((centre_y + box_y) * height) + 1;
  if (x0 < 0) x0 = 0;
  if (y0 < 0) y0 = 0;
  if (x1 > width) x1 = width;
  if (y1 > height) y1 = height;
  const float inv_x = 1 / scale_x, inv_y = 1 / scale_y, slope_x = bottom - top, slope_y = 2 * half;
  const float inv_slope = 1 / (slope_x * slope_x + slope_y * slope_y), inv_edge = 1 / edge, inv_gradient = 1 / m[21];
  const int is_round = fabsf(scale_x - scale_y) < 1e-9f;
  for (int y = y0; y < y1; y++) {
    const float dy = (y + .5f) * pixel - centre_y;
    float *red = planes + y * width, *green = red + height * width, *blue = green + height * width;
    for (int x = x0; x < x1; x++) {
      const float dx = (x + .5f) * pixel - centre_x;
      const float u = (cosine * dx + sine * dy) * inv_x, v = (cosine * dy - sine * dx) * inv_y, across = fabsf(u);
      /* signed distance to an isosceles trapezoid (Quilez), then rounded and cut by the half-plane */
      const float cap_x = across - fminf(across, v < 0 ? top : bottom), cap_y = fabsf(v) - half;
      const float along = unit(((bottom - across) * slope_x + (half - v) * slope_y) * inv_slope);
      const float side_x = across - bottom + slope_x * along, side_y = v - half + slope_y * along;
      float d = sqrtf(fminf(cap_x * cap_x + cap_y * cap_y, side_x * side_x + side_y * side_y) + 1e-12f);
      d = (side_x < 0) & (cap_y < 0) ? -d : d;
      d = fmaxf(d - rounding, m[10] * u + m[11] * v - m[12]);
      if (is_round) d *= scale_x;
      else { const float a = u * inv_x, b = v * inv_y; d *= sqrtf(u * u + v * v + 1e-8f) / sqrtf(a * a + b * b + 1e-8f); }
      const float cover = smooth(unit(.5f - d * inv_edge)) * alpha, down = unit(v * inv_gradient * .5f + .5f);
      blend(red + x, m[13] + (m[16] - m[13]) * down, cover);
      blend(green + x, m[14] + (m[17] - m[14]) * down, cover);
      blend(blue + x, m[15] + (m[18] - m[15]) * down, cover);
    }
  }
}

static void paint_layer(float *planes, const float *profile, const float *c, const float *offset,
                        int samples, float from, float to, int height, int width) {
  const float pixel = 1.f / height, per_sample = (to - from) / (samples - 1);
  const float window_w = c[12], window_h = c[13];
  for (int x = 0; x < width; x++) {
    const float world_x = (x + .5f) * pixel + offset[0];
    float place = (world_x - from) / per_sample;
    place = place < 0 ? 0 : place > samples - 1.001f ? samples - 1.001f : place;
    const int i = (int)place;
    const float rise = profile[i + 1] - profile[i], edge_y = profile[i] + rise * (place - i) + offset[1];
    const float slope = rise / per_sample, sharp = height / sqrtf(1 + slope * slope);
    int y0 = (int)floorf((edge_y - 1 / sharp) * height) - 1;
    if (y0 < 0) y0 = 0;
    float column = 0, window_x = 0;
    if (window_w > 0) { column = floorf(world_x / window_w); window_x = fabsf(world_x / window_w - column - .5f) * window_w - window_w * .24f; }
    for (int y = y0; y < height; y++) {
      const float world_y = (y + .5f) * pixel, under = world_y - edge_y, alpha = unit(.5f + under * sharp) * c[7];
      if (alpha <= 0) continue;
      const float down = unit(under / c[6]), crest = unit(.5f + (c[8] - under) * height) * (c[8] > 0);
      float lit = 0;
      if (window_w > 0 && under > .022f) {
        const float cell = world_y / window_h, row = floorf(cell);
        if (hash_unit((int32_t)column, (int32_t)row, (uint32_t)c[15]) < c[14])
          lit = unit(.5f - fmaxf(window_x, fabsf(cell - row - .5f) * window_h - window_h * .28f) * height) * .85f;
      }
      for (int k = 0; k < 3; k++) {
        float colour = c[k] + (c[3 + k] - c[k]) * down;
        colour += (c[9 + k] - colour) * crest;
        colour += (c[16 + k] - colour) * lit;
        blend(planes + (k * height + y) * width + x, colour, alpha);
      }
    }
  }
}

/* frames_out: uint8 [frames, 3, height, width]. Returns 0, or 1 when memory ran out. */
int paint_clip(uint8_t *frames_out, int frames, int height, int width, const float *sky,
               const float *marks, int mark_count, const float *profiles, const float *layers, int layer_count,
               int samples, float from, float to, const float *offsets, const int32_t *order, int order_count) {
  const int area = 3 * height * width;
  float *planes = malloc(sizeof(float) * area);
  if (!planes) return 1;
  for (int t = 0; t < frames; t++) {
    paint_sky(planes, sky, height, width);
    for (int step = 0, mark = 0; step < order_count; step++) {
      if (order[step] >= 0)
        for (; mark < order[step]; mark++) paint_mark(planes, marks + ((int64_t)t * mark_count + mark) * MARK_WIDTH, height, width);
      else {
        const int l = -1 - order[step];
        paint_layer(planes, profiles + l * samples, layers + l * LAYER_WIDTH, offsets + (t * layer_count + l) * 2,
                    samples, from, to, height, width);
      }
    }
    uint8_t *out = frames_out + (int64_t)t * area;
    for (int i = 0; i < area; i++) out[i] = (uint8_t)(unit(planes[i]) * 255 + .5f);
  }
  free(planes);
  return 0;
}
