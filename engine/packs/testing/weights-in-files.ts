import { field, number } from '../onnx-writer.ts';

// Graphs that name the files of their weights and compute nothing: what a pack is verified by.

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
