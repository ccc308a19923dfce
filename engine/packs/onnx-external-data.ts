/**
 * The files that an ONNX graph keeps its weights in, each once, as written in the graph: paths relative to the
 * graph's own folder. Reads the protobuf just as far as that needs, constants and subgraphs included.
 * Throws RangeError for bytes that are no protobuf.
 * Source: onnx.proto of ONNX 1.17, messages ModelProto and below.
 */
export function externalDataOf(graph: Uint8Array): readonly string[] {
  const locations = new Set<string>();
  collect('model', graph, locations);
  return [...locations];
}

type Kind = 'model' | 'training' | 'function' | 'graph' | 'node' | 'attribute' | 'sparse' | 'tensor' | 'external';

/** Which field of which message can hold a tensor further down. */
const inside: Readonly<Record<Kind, Readonly<Record<number, Kind>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: { 13: 'external' },
  external: {},
};

function collect(kind: Kind, message: Uint8Array, locations: Set<string>): void {
  const texts: Record<number, string> = {};
  for (const { field, bytes } of lengthDelimited(message)) {
    const child = inside[kind][field];
    if (child) collect(child, bytes, locations);
    if (kind === 'external') texts[field] = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  }
  // An entry is a key (1) and a value (2): `location`, `offset`, `length`, `checksum`.
  if (kind === 'external' && texts[1] === 'location') locations.add(texts[2] ?? '');
}

/** The fields of a message that hold bytes; numbers are stepped over. */
function* lengthDelimited(message: Uint8Array): Generator<{ readonly field: number; readonly bytes: Uint8Array }> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++];
      if (byte === undefined || shift > 2 ** 63) throw new RangeError('not a protobuf: a number runs off its end');
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        varint();
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        if (at + length > message.length) throw new RangeError('not a protobuf: a field runs off its end');
        yield { field, bytes: message.subarray(at, at + length) };
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        throw new RangeError(`not a protobuf: wire type ${tag % 8}`);
    }
  }
}
