import type { TakeMedia } from '../decode/frames-from.ts';
import { unreadable } from '../open-media.ts';
import { type ProbeRun, probe, readFrames } from '../probe/probe.ts';
import { takeTable } from '../timing/take-table.ts';

/** A proxy as a take of its own: what can be drawn of a take can be drawn of its proxy, and is cheaper there. */
export async function proxyAsTake(path: string, run: ProbeRun): Promise<TakeMedia> {
  const { media } = await probe(path, run);
  if (!media.picture) throw unreadable(path, 'it is damaged');
  return {
    path,
    container: media.container,
    picture: media.picture,
    table: takeTable(await readFrames(path, media, run)),
  };
}
