import { type FileHandle, open } from 'node:fs/promises';

// XMP in an MP4 is a box of its own at the top level, under the id that the XMP specification (part 3, 1.2.7.1)
// reserves for it. ffmpeg cannot write one; at the end of the file it moves nothing else.

const xmpId = Buffer.from('BE7ACFCB97A942E89C71999491E3AFAC', 'hex');
const boxHeaderBytes = 8;
const largestPacketBytes = 1 << 20;

/** Adds an XMP packet to the end of a finished MP4. */
export async function appendXmp(mp4Path: string, packet: string): Promise<void> {
  const body = Buffer.concat([xmpId, Buffer.from(packet, 'utf8')]);
  const header = Buffer.alloc(boxHeaderBytes);
  header.writeUInt32BE(boxHeaderBytes + body.length);
  header.write('uuid', 4, 'latin1');
  const file = await open(mp4Path, 'a');
  try {
    await file.appendFile(Buffer.concat([header, body]));
  } finally {
    await file.close();
  }
}

/** The XMP packet of an MP4, or undefined where it has none. */
export async function readXmp(mp4Path: string): Promise<string | undefined> {
  const file = await open(mp4Path, 'r');
  try {
    for await (const box of topLevelBoxes(file)) {
      if (box.type !== 'uuid' || box.bodyBytes < xmpId.length || box.bodyBytes > largestPacketBytes) continue;
      const body = Buffer.alloc(box.bodyBytes);
      await file.read(body, 0, body.length, box.bodyAt);
      if (body.subarray(0, xmpId.length).equals(xmpId)) return body.subarray(xmpId.length).toString('utf8');
    }
    return undefined;
  } finally {
    await file.close();
  }
}

export interface Box {
  readonly type: string;
  readonly bodyAt: number;
  readonly bodyBytes: number;
}

/** The boxes that a file of the MP4 family consists of, in order; ends at the first that cannot be one. */
export async function* topLevelBoxes(file: FileHandle): AsyncGenerator<Box> {
  const { size } = await file.stat();
  const header = Buffer.alloc(16);
  for (let at = 0; at + boxHeaderBytes <= size; ) {
    const { bytesRead } = await file.read(header, 0, header.length, at);
    if (bytesRead < boxHeaderBytes) return;
    const short = header.readUInt32BE(0);
    // A size of 1 says that the real one follows in 64 bits, a size of 0 that the box runs to the file's end.
    const headerBytes = short === 1 ? 16 : boxHeaderBytes;
    const boxBytes = short === 1 ? Number(header.readBigUInt64BE(8)) : short === 0 ? size - at : short;
    if (boxBytes < headerBytes || at + boxBytes > size) return;
    yield { type: header.toString('latin1', 4, 8), bodyAt: at + headerBytes, bodyBytes: boxBytes - headerBytes };
    at += boxBytes;
  }
}
