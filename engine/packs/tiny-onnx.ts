// Just enough of a protobuf writer to make ONNX files for tests.

/** A field that holds bytes: a text, or another message. */
export function field(tag: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint(tag * 8 + 2), varint(bytes.length), bytes]);
}

/** A field that holds a number. */
export function number(tag: number, value: number): Buffer {
  return Buffer.concat([varint(tag * 8), varint(value)]);
}

/** A TensorProto whose values lie in a file. */
export function external(location: string): Buffer {
  const entry = (key: string, value: string) =>
    field(13, Buffer.concat([field(1, Buffer.from(key)), field(2, Buffer.from(value))]));
  return Buffer.concat([entry('location', location), entry('offset', '4096'), number(14, 1)]);
}

/** A model whose one weight lies in a file. */
export function modelWithWeightsIn(location: string): Buffer {
  return Buffer.concat([number(1, 8), field(7, field(5, external(location)))]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
}
