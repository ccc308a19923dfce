import type { Rate } from '../../document/time.ts';

export interface ListedPacket {
  /** Undefined for a packet without a time. */
  readonly ticks: number | undefined;
  readonly lengthTicks: number;
  readonly isKey: boolean;
  /** Decoded, but not shown. */
  readonly isDiscarded: boolean;
}

export interface PacketLines {
  onTimeBase(stream: number, timeBase: Rate): void;
  onPacket(stream: number, packet: ListedPacket): void;
}

/**
 * Reads ffmpeg's `framecrc` listing in pieces of any size. A line is `stream, dts, pts, length, bytes, checksum`, then
 * `F=0x…` unless the flags are those of a key frame alone (bit 0), then side data. Bit 2: discarded.
 */
export function packetLineReader(lines: PacketLines): (text: string) => void {
  let rest = '';
  return (text) => {
    const whole = (rest + text).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) readLine(line, lines);
  };
}

function readLine(line: string, { onTimeBase, onPacket }: PacketLines): void {
  const timeBase = /^#tb (\d+): (\d+)\/(\d+)/.exec(line);
  if (timeBase) onTimeBase(Number(timeBase[1]), { num: Number(timeBase[2]), den: Number(timeBase[3]) });
  if (line.startsWith('#') || line.trim() === '') return;
  const [stream, , ticks, length] = line.split(',', 4).map(Number);
  const flags = Number(/ F=(0x[\dA-Fa-f]+)/.exec(line)?.[1] ?? 1);
  onPacket(stream ?? 0, {
    ticks: ticks !== undefined && Math.abs(ticks) < 2 ** 62 ? ticks : undefined,
    lengthTicks: Math.max(0, length ?? 0),
    isKey: (flags & 1) !== 0,
    isDiscarded: (flags & 4) !== 0,
  });
}
