import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, frameDecoder } from './frames.ts';
import type { Message } from './port.ts';

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.string(),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
);

test('messages come out whole and in order however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 8 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (sent, cuts) => {
        const stream = Buffer.concat(sent.map(encodeFrame));
        const received: Message[] = [];
        const feed = frameDecoder((each) => received.push(each));
        for (let at = 0; at < stream.length; ) {
          const size = cuts.next().value ?? 1;
          feed(stream.subarray(at, at + size));
          at += size;
        }
        expect(received.map(plain)).toEqual(sent.map(plain));
      },
    ),
  );
});

test('a stream of something else is refused at its first header', () => {
  const feed = frameDecoder(() => expect.unreachable());
  expect(() => feed(new TextEncoder().encode('GET / HTTP/1.1\r\n'))).toThrow(/not a message/);
});

function plain(each: Message): unknown {
  return typeof each === 'string' ? each : [...each];
}
