import { mkdirSync } from 'node:fs';
import { makeSample, numberedFrames, words } from '../../engine/media/sample-media.ts';

/** Eight seconds at 24 frames whose frame n shows the number n, with a tone; one key frame in two seconds. */
export const footage = { name: 'Lighthouse.mp4' };
/** Four seconds of sound. */
export const sound = { name: 'Sea.wav' };
/** A still: a test picture with every colour in it. */
export const still = { name: 'Card.png' };
/** What is dropped on the window, on the bin and on the timeline. */
export const dropped = { onBin: 'Dropped on the bin.png', onTrack: 'Dropped on a track.png' };

/** Makes what a camera and a recorder would have left in a folder. */
export function makeRushes(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const tone = (hz: number, seconds: number) =>
    words(`-f lavfi -i sine=frequency=${hz}:sample_rate=48000:duration=${seconds}`);
  const camera = words('-frames:v 192 -c:v libx264 -preset ultrafast -bf 2 -g 48 -c:a aac -shortest');
  const large = words('-vf scale=640:360:flags=neighbor'); // numbering each pixel of this size takes 20 times as long
  makeSample(folder, footage.name, [...numberedFrames('64x36', '24'), ...tone(440, 8), ...large, ...camera]);
  makeSample(folder, sound.name, tone(220, 4));
  makeSample(folder, still.name, words('-f lavfi -i testsrc2=s=640x360 -frames:v 1'));
  for (const name of Object.values(dropped)) {
    makeSample(folder, name, words('-f lavfi -i color=c=red:s=320x180 -frames:v 1'));
  }
}
