import type { FileHandle } from 'node:fs/promises';
import { bytesAt } from '../open-media.ts';

// MP4 and QuickTime files are boxes in boxes: a length, a name of four letters, the content. ISO/IEC 14496-12, 4.2.

/** The content of a box, without its head. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Box extends Span {
  readonly name: string;
}

/** The first box of a name inside a span. */
export async function childNamed(file: FileHandle, parent: Span, name: string): Promise<Box | undefined> {
  return (await childrenOf(file, parent)).find(isNamed(name));
}

/** The boxes inside a span; a box that claims to reach past its parent ends with it. */
export async function childrenOf(file: FileHandle, { start, end }: Span): Promise<Box[]> {
  const boxes: Box[] = [];
  let at = start;
  while (at + 8 <= end) {
    const head = await bytesAt(file, at, 16);
    if (head.length < 8) break;
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && head.length === 16;
    const length = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short;
    if (length < 8) break;
    boxes.push({ name: head.toString('latin1', 4, 8), start: at + (isLong ? 16 : 8), end: Math.min(at + length, end) });
    at += length;
  }
  return boxes;
}

export function isNamed(name: string): (box: Box) => boolean {
  return (box) => box.name === name;
}
