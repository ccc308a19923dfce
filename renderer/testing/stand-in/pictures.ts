import type { MediaId } from '../../../engine/contract/ids.ts';
import type { Filmstrip } from '../../../engine/contract/library.ts';
import { bucketBytes, encodePeaks, peaksPerSecond, peaksSampleRateHz } from '../../../engine/contract/peaks-file.ts';

/** Plain drawn scenes in place of footage: told apart at a glance, and different at each moment. */
export type Scene = 'night' | 'dusk' | 'harbour' | 'sky' | 'map';

const skies: Readonly<Record<Scene, readonly [string, string]>> = {
  night: ['#0b1030', '#1d2b5e'],
  dusk: ['#2b2a57', '#e7816a'],
  harbour: ['#f3d9c0', '#fdf1de'],
  sky: ['#6fa4cf', '#cfe4f2'],
  map: ['#d8c7a2', '#cdb98e'],
};

/** The scene at a moment in [0, 1], as a JPEG. */
export function drawScene(scene: Scene, at: number, widthPx: number, heightPx: number): Blob {
  const canvas = canvasOf(widthPx, heightPx);
  paintScene(context(canvas), scene, at, { x: 0, y: 0, widthPx, heightPx });
  return jpegOf(canvas);
}

/** Nine pictures of a scene in one JPEG, as the engine makes of every take. */
export function filmstripOf(scene: Scene, frameCount: number, keep: (blob: Blob) => MediaId): Filmstrip {
  const [columns, tileCount, tileWidthPx, tileHeightPx] = [5, 9, 160, 90];
  const canvas = canvasOf(columns * tileWidthPx, Math.ceil(tileCount / columns) * tileHeightPx);
  const tileFrames = Array.from({ length: tileCount }, (_, tile) =>
    Math.round((tile * (frameCount - 1)) / (tileCount - 1)),
  );
  for (const [tile, frame] of tileFrames.entries()) {
    const x = (tile % columns) * tileWidthPx;
    const y = Math.floor(tile / columns) * tileHeightPx;
    const at = frame / Math.max(1, frameCount - 1);
    paintScene(context(canvas), scene, at, { x, y, widthPx: tileWidthPx, heightPx: tileHeightPx });
  }
  const media = keep(jpegOf(canvas));
  return { media, columns, tileCount, tileWidthPx, tileHeightPx, tileFrames };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

function paintScene(to: CanvasRenderingContext2D, scene: Scene, at: number, box: Box): void {
  to.save();
  to.beginPath();
  to.rect(box.x, box.y, box.widthPx, box.heightPx);
  to.clip();
  to.translate(box.x, box.y);
  to.scale(box.widthPx / 320, box.heightPx / 180);
  const sky = to.createLinearGradient(0, 0, 0, 180);
  sky.addColorStop(0, skies[scene][0]);
  sky.addColorStop(1, skies[scene][1]);
  to.fillStyle = sky;
  to.fillRect(0, 0, 320, 180);
  if (scene === 'sky') paintGulls(to, at);
  else if (scene === 'map') paintMap(to);
  else paintSea(to, scene, at);
  to.restore();
}

function paintSea(to: CanvasRenderingContext2D, scene: Scene, at: number): void {
  disc(to, 230, 50, 24, scene === 'harbour' ? '#fff6e2' : '#f6ecc9');
  if (scene === 'harbour') {
    for (const [index, colour] of ['#e88a63', '#f2c46d', '#5f9ea0', '#c9605a', '#6f88b0', '#8fb59a'].entries()) {
      to.fillStyle = colour;
      to.fillRect(index * 54, 118 - 30 - (index % 3) * 14, 50, 60);
    }
  }
  to.fillStyle = scene === 'harbour' ? '#7fb0b3' : scene === 'dusk' ? '#363b6b' : '#0d1a3f';
  to.fillRect(0, 122, 320, 58);
  const x = 40 + at * 220;
  to.fillStyle = '#e4573d';
  to.beginPath();
  to.moveTo(x - 26, 128);
  to.lineTo(x + 26, 128);
  to.lineTo(x + 16, 144);
  to.lineTo(x - 16, 144);
  to.fill();
  to.beginPath();
  to.moveTo(x, 92);
  to.lineTo(x + 20, 126);
  to.lineTo(x - 20, 126);
  to.fill();
}

function paintGulls(to: CanvasRenderingContext2D, at: number): void {
  to.strokeStyle = '#ffffff';
  to.lineWidth = 5;
  for (const [index, y] of [60, 96, 40, 130].entries()) {
    const x = ((index * 83 + at * 160) % 340) - 10;
    to.beginPath();
    to.moveTo(x - 18, y - 8);
    to.quadraticCurveTo(x - 6, y - 10, x, y);
    to.quadraticCurveTo(x + 6, y - 10, x + 18, y - 8);
    to.stroke();
  }
}

function paintMap(to: CanvasRenderingContext2D): void {
  to.strokeStyle = '#8a6f45';
  to.lineWidth = 3;
  to.setLineDash([8, 6]);
  to.beginPath();
  to.moveTo(20, 150);
  to.bezierCurveTo(90, 60, 170, 170, 296, 34);
  to.stroke();
  disc(to, 296, 34, 9, '#b33d32');
}

function disc(to: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  to.fillStyle = colour;
  to.beginPath();
  to.arc(x, y, radius, 0, Math.PI * 2);
  to.fill();
}

function canvasOf(widthPx: number, heightPx: number): HTMLCanvasElement {
  return Object.assign(document.createElement('canvas'), { width: widthPx, height: heightPx });
}

/** At once: the asynchronous ways wait for an idle page, which under load takes seconds. */
function jpegOf(canvas: HTMLCanvasElement): Blob {
  const [, encoded = ''] = canvas.toDataURL('image/jpeg', 0.9).split(',');
  return new Blob([Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0))], { type: 'image/jpeg' });
}

function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const found = canvas.getContext('2d');
  if (!found) throw new Error('no 2d canvas here');
  return found;
}

/** Peaks of a made-up voice or music, in the engine's own layout. */
export function peaksOf(seconds: number, seed: string): Blob {
  const count = Math.ceil(seconds * peaksPerSecond);
  const phase = [...seed].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const buckets = new Int8Array(count * bucketBytes);
  for (let bucket = 0; bucket < count; bucket++) {
    const slow = 0.55 + 0.45 * Math.sin(bucket / 37 + phase);
    const fast = 0.5 + 0.5 * Math.sin(bucket * 1.7 + phase) * Math.sin(bucket / 5);
    const loudness = Math.round(110 * slow * Math.max(0.12, fast));
    buckets.set([-loudness, loudness, -loudness, loudness], bucket * bucketBytes);
  }
  const samplesPerBucket = peaksSampleRateHz / peaksPerSecond;
  const sampleCount = Math.round(seconds * peaksSampleRateHz);
  return new Blob([encodePeaks({ samplesPerBucket, sampleCount, levels: [buckets] })]);
}
