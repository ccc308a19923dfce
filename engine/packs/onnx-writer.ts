// Just enough of a protobuf writer to make ONNX files: the small graphs that a device is tried with.

/** A field that holds bytes: a text, or another message. */
export function field(tag: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint(tag * 8 + 2), varint(bytes.length), bytes]);
}

/** A field that holds a number. */
export function number(tag: number, value: number): Buffer {
  return Buffer.concat([varint(tag * 8), varint(value)]);
}

/** A tensor's name and its size, each axis a whole number. */
export interface Shaped {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One step of a graph. Numbers among its attributes are whole where they are; `domain` is of operators not in ONNX itself. */
export interface Operator {
  readonly type: string;
  readonly domain?: string;
  readonly takes: readonly string[];
  readonly gives: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** A model of float32 tensors without weights of its own: every one comes in. Opset 17. */
export function modelOf(operators: readonly Operator[], inputs: readonly Shaped[], output: Shaped): Buffer {
  const graph = Buffer.concat([
    ...operators.map((operator) => field(1, node(operator))),
    text(2, 'graph'),
    ...inputs.map((input) => field(11, valueInfo(input))),
    field(12, valueInfo(output)),
  ]);
  const opset = (domain: string, version: number) => field(8, Buffer.concat([text(1, domain), number(2, version)]));
  return Buffer.concat([number(1, 8), opset('', 17), opset('com.microsoft', 1), field(7, graph)]);
}

function node({ type, domain = '', takes, gives, attributes = {} }: Operator): Buffer {
  return Buffer.concat([
    ...takes.map((name) => text(1, name)),
    text(2, gives),
    text(4, type),
    ...Object.entries(attributes).map(([name, value]) => field(5, attribute(name, value))),
    text(7, domain),
  ]);
}

function attribute(name: string, value: number | readonly number[]): Buffer {
  if (typeof value !== 'number') {
    return Buffer.concat([text(1, name), ...value.map((each) => number(8, each)), number(20, 7)]);
  }
  if (Number.isInteger(value)) return Buffer.concat([text(1, name), number(3, value), number(20, 2)]);
  const float = Buffer.alloc(5);
  float[0] = 2 * 8 + 5;
  float.writeFloatLE(value, 1);
  return Buffer.concat([text(1, name), float, number(20, 1)]);
}

function valueInfo({ name, shape }: Shaped): Buffer {
  const axes = Buffer.concat(shape.map((length) => field(1, number(1, length))));
  return Buffer.concat([text(1, name), field(2, field(1, Buffer.concat([number(1, 1), field(2, axes)])))]);
}

function text(tag: number, value: string): Buffer {
  return field(tag, Buffer.from(value));
}

// A negative number is written as 64 bits in two's complement.
function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = BigInt.asUintN(64, BigInt(value)); ; left >>= 7n) {
    if (left < 128n) return Buffer.from([...bytes, Number(left)]);
    bytes.push(Number(left & 127n) + 128);
  }
}
