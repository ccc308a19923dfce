import type { Colour } from '../../contract/take.ts';
import { isHighDynamicRange } from '../probe/colour.ts';

// Pictures of more light or colour than a screen of BT.709 shows, brought down to it: one written definition, as a
// table that ffmpeg's lut3d looks up on any build, so that no optional library decides how a film looks.

/** `pq` and `hlg` are HDR in BT.2020; `wide` is BT.2020 in ordinary light. */
export type ColourMap = 'pq' | 'hlg' | 'wide';

/** The map that a picture needs to be seen as it was meant; undefined where it is BT.709 or near enough. */
export function colourMapOf(colour: Colour): ColourMap | undefined {
  if (isHighDynamicRange(colour)) return colour.transfer === 'smpte2084' ? 'pq' : 'hlg';
  return colour.matrix === 'bt2020' || colour.primaries === 'bt2020' ? 'wide' : undefined;
}

type Triple = readonly [number, number, number];

const referenceWhiteNits = 203; // ITU-R BT.2408: HDR's diffuse white, here the screen's white
const peakNits = 1000; // what nearly all HDR is graded for, and HLG's nominal display

/**
 * One colour as coded, R'G'B' of BT.2020 in [0, 1], as it is shown, R'G'B' of BT.709 in [0, 1].
 *
 * Coded value → light of a display (ST 2084; BT.2100 HLG with its system gamma 1.2 at 1000 nits; or BT.1886) → the
 * brightest channel is rolled off from 1000 to 203 nits by the curve of BT.2390, 5.4.1, and the other two by as much,
 * so that no hue shifts → BT.709 primaries, what lies outside clipped → BT.1886.
 * Shadows and midtones up to 87 nits keep their light; white (203 nits) comes to 79 % of the screen's.
 */
export function mapColour(map: ColourMap, coded: Triple): Triple {
  const light = lightOf(map, coded);
  const brightest = Math.max(...light);
  const gain = map === 'wide' || brightest <= 0 ? 1 : rollOff(brightest) / brightest;
  return toBt709(light.map((value) => (value * gain) / whiteOf(map)) as unknown as Triple).map(
    encodeScreen,
  ) as unknown as Triple;
}

/** The table of `mapColour` as a `.cube` file: red runs fastest. */
export function cubeOf(map: ColourMap, size = 33): string {
  const at = (index: number) => index / (size - 1);
  const lines = [`LUT_3D_SIZE ${size}`];
  for (let blue = 0; blue < size; blue++) {
    for (let green = 0; green < size; green++) {
      for (let red = 0; red < size; red++) {
        lines.push(
          mapColour(map, [at(red), at(green), at(blue)])
            .map((value) => value.toFixed(6))
            .join(' '),
        );
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Light of the display, in nits; of the screen's white for `wide`. */
function lightOf(map: ColourMap, coded: Triple): number[] {
  if (map === 'wide') return coded.map((value) => value ** 2.4);
  if (map === 'pq') return coded.map(nitsOfPq);
  const scene = coded.map(sceneOfHlg);
  const luminance = 0.2627 * (scene[0] ?? 0) + 0.678 * (scene[1] ?? 0) + 0.0593 * (scene[2] ?? 0);
  const gamma = luminance <= 0 ? 0 : peakNits * luminance ** 0.2;
  return scene.map((value) => value * gamma);
}

function whiteOf(map: ColourMap): number {
  return map === 'wide' ? 1 : referenceWhiteNits;
}

// SMPTE ST 2084
const [m1, m2, c1, c2, c3] = [2610 / 16384, (2523 / 4096) * 128, 3424 / 4096, (2413 / 4096) * 32, (2392 / 4096) * 32];

function nitsOfPq(value: number): number {
  const power = value ** (1 / m2);
  return 10_000 * (Math.max(0, power - c1) / (c2 - c3 * power)) ** (1 / m1);
}

function pqOfNits(nits: number): number {
  const power = (Math.max(0, nits) / 10_000) ** m1;
  return ((c1 + c2 * power) / (1 + c3 * power)) ** m2;
}

// ITU-R BT.2100, table 5
function sceneOfHlg(value: number): number {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  return value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - c) / a) + b) / 12;
}

// ITU-R BT.2390, 5.4.1, without its black lift: a Hermite spline above the knee, in PQ where equal steps look equal.
function rollOff(nits: number): number {
  const peak = pqOfNits(peakNits);
  const target = pqOfNits(referenceWhiteNits) / peak;
  const knee = 1.5 * target - 0.5;
  const value = Math.min(1, pqOfNits(nits) / peak);
  if (value <= knee) return nits;
  const t = (value - knee) / (1 - knee);
  const [t2, t3] = [t ** 2, t ** 3];
  const rolled = (2 * t3 - 3 * t2 + 1) * knee + (t3 - 2 * t2 + t) * (1 - knee) + (3 * t2 - 2 * t3) * target;
  return nitsOfPq(rolled * peak);
}

// ITU-R BT.2087
function toBt709([red, green, blue]: Triple): Triple {
  return [
    1.6605 * red - 0.5876 * green - 0.0728 * blue,
    -0.1246 * red + 1.1329 * green - 0.0083 * blue,
    -0.0182 * red - 0.1006 * green + 1.1187 * blue,
  ];
}

function encodeScreen(light: number): number {
  return Math.min(1, Math.max(0, light)) ** (1 / 2.4);
}
