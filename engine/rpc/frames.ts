// A byte stream cut into messages: 4 bytes of length (little-endian, of the payload), 1 byte of kind, the payload.
import type { Message } from './port.ts';

const headerBytes = 5;
const textKind = 0;
const bytesKind = 1;
/** RPC carries control, never bulk: a longer message is a fault of the sender, or not ours at all. */
const largestPayloadBytes = 64 * 1024 * 1024;

/** One message as bytes for the stream. Throws RangeError for a payload over 64 MiB. */
export function encodeFrame(message: Message): Uint8Array<ArrayBuffer> {
  const payload = typeof message === 'string' ? new TextEncoder().encode(message) : message;
  if (payload.length > largestPayloadBytes) throw new RangeError(`a message of ${payload.length} bytes is too long`);
  const frame = new Uint8Array(headerBytes + payload.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, payload.length, true);
  view.setUint8(4, typeof message === 'string' ? textKind : bytesKind);
  frame.set(payload, headerBytes);
  return frame;
}

/**
 * Puts messages together again from chunks cut anywhere. Returns the function to feed; it throws RangeError on a
 * length no sender of ours writes, after which the stream is lost.
 */
export function frameDecoder(onMessage: (message: Message) => void): (chunk: Uint8Array) => void {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;

  const take = (count: number): Uint8Array<ArrayBuffer> => {
    const taken = new Uint8Array(count);
    let filled = 0;
    while (filled < count) {
      const head = pending[0] ?? new Uint8Array();
      const used = head.subarray(0, count - filled);
      taken.set(used, filled);
      filled += used.length;
      if (used.length === head.length) pending = pending.slice(1);
      else pending[0] = head.subarray(used.length);
    }
    pendingBytes -= count;
    return taken;
  };

  let header: { readonly bytes: number; readonly kind: number } | undefined;
  return (chunk) => {
    pending.push(chunk);
    pendingBytes += chunk.length;
    for (;;) {
      if (!header) {
        if (pendingBytes < headerBytes) return;
        header = parseHeader(take(headerBytes));
      }
      if (pendingBytes < header.bytes) return;
      const payload = take(header.bytes);
      const { kind } = header;
      header = undefined;
      onMessage(kind === textKind ? new TextDecoder().decode(payload) : payload);
    }
  };
}

function parseHeader(bytes: Uint8Array<ArrayBuffer>): { readonly bytes: number; readonly kind: number } {
  const view = new DataView(bytes.buffer);
  const length = view.getUint32(0, true);
  const kind = view.getUint8(4);
  if (length > largestPayloadBytes || (kind !== textKind && kind !== bytesKind)) {
    throw new RangeError(`not a message: ${length} bytes of kind ${kind}`);
  }
  return { bytes: length, kind };
}
