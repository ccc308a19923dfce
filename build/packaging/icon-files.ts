/** One picture in several sizes: PNG files by their width in pixels. */
export type PngBySize = ReadonlyMap<number, Uint8Array>;

/** The sizes an icon file of Windows has; it goes up to 256. */
const icoSizesPx = [16, 24, 32, 48, 64, 128, 256] as const;

/**
 * A Windows icon that holds PNG files, as Windows has read them since Vista. Throws where a size is missing. Source:
 * Microsoft, "The format of icon resources".
 */
export function icoOf(pictures: PngBySize): Buffer {
  const headerBytes = 6;
  const entryBytes = 16;
  const images = icoSizesPx.map((sizePx) => ({ sizePx, png: pictureIn(pictures, sizePx) }));
  const header = Buffer.alloc(headerBytes + images.length * entryBytes);
  header.writeUInt16LE(1, 2); // an icon, not a cursor
  header.writeUInt16LE(images.length, 4);
  let at = header.length;
  for (const [index, { sizePx, png }] of images.entries()) {
    const entry = headerBytes + index * entryBytes;
    header.writeUInt8(sizePx % 256, entry); // 0 stands for 256
    header.writeUInt8(sizePx % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4); // planes
    header.writeUInt16LE(32, entry + 6); // bits a pixel
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** What macOS calls each size; the doubled ones are drawn for screens with two pixels a point. */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['icp6', 64],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
] as const;

/** A macOS icon that holds PNG files. Throws where a size is missing. Source: Wikipedia, "Apple Icon Image format". */
export function icnsOf(pictures: PngBySize): Buffer {
  const blocks = icnsTypes.map(([type, sizePx]) => block(type, pictureIn(pictures, sizePx)));
  return block('icns', Buffer.concat(blocks));
}

function block(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}

function pictureIn(pictures: PngBySize, sizePx: number): Uint8Array {
  const png = pictures.get(sizePx);
  if (!png) throw new Error(`there is no picture of ${sizePx} pixels`);
  return png;
}
