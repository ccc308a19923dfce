import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { framesPerSecond } from '../document/time.ts';
import { layoutOf } from '../project/layout.ts';
import { type Command, CommandFailed, required } from './command.ts';
import { withWorkshop } from './with-workshop.ts';

export const probe: Command = {
  name: 'probe',
  takes: 'FILE…',
  summary: 'say what is in media files, as Shotloom understands them',
  options: [],
  examples: ['probe holiday.mp4', 'probe *.mov --json'],
  run: async (call) => {
    required(call, 0, 'FILE');
    return withWorkshop(async ({ workshop }) => {
      const records: TakeRecord[] = [];
      for (const path of call.positionals) {
        const probed = await workshop.probe(resolve(path), `take-${randomUUID()}` as TakeId, layoutOf(tmpdir()));
        if (probed.kind === 'failed') throw new CommandFailed(probed.failure);
        records.push(probed.value);
      }
      return {
        value: { files: records.map((record, index) => ({ path: call.positionals[index], ...described(record) })) },
        lines: records.map(oneLine),
      };
    });
  },
};

function described({ facts, origin }: TakeRecord): object {
  const { id: _, origin: __, ...shown } = facts;
  return { ...shown, media: origin.media };
}

function oneLine({ facts, origin }: TakeRecord): string {
  const { picture, sound } = facts;
  const parts = [facts.name];
  if (picture) parts.push(`${picture.widthPx}×${picture.heightPx}`);
  if (picture?.kind === 'moving') {
    const fps = framesPerSecond(picture.rate);
    parts.push(`${picture.frameCount} frames at ${Number(fps.toFixed(3))}`);
  }
  if (origin.media.picture) parts.push(origin.media.picture.codec);
  if (sound && origin.media.sound) parts.push(`${origin.media.sound.codec}, ${origin.media.sound.channelCount} ch`);
  return parts.join('  ');
}
