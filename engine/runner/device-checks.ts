import type { DeviceCheck } from '../contract/device.ts';
import { gaussians } from '../generate/noise.ts';
import { modelOf, type Operator, type Shaped } from '../packs/onnx-writer.ts';

/** A computation on trial: a graph without weights, its inputs in order, and the name of what comes out. */
export interface TrialGraph {
  readonly check: DeviceCheck;
  readonly model: Uint8Array;
  readonly inputs: readonly (Shaped & { readonly data: Float32Array })[];
}

/**
 * What networks of ours are made of, at sizes where devices were seen to go wrong: attention of 70 and of 32 tokens
 * (a fused kernel was off by 45 % of the peak, silently, on an adapter of four lanes), convolutions over two and three
 * axes, normalisation, products of matrices. Inputs are our own noise, the same on every machine.
 */
export function trialGraphs(): readonly TrialGraph[] {
  return [
    matrices(),
    convolution([1, 4, 4, 12, 12], [4, 4, 3, 3, 3]),
    convolution([2, 8, 16, 16], [16, 8, 3, 3]),
    normalisation(),
    attention(70),
    attention(32),
  ];
}

/** Large enough to take milliseconds: what a device is worth shows here. About 1.1 billion multiplications. */
export function speedGraph(): TrialGraph {
  return { ...convolution([1, 64, 96, 160], [64, 64, 3, 3]), check: 'speed' };
}

function matrices(): TrialGraph {
  return graphOf(
    'matrices',
    { type: 'MatMul' },
    [
      [2, 70, 64],
      [2, 64, 96],
    ],
    [2, 70, 96],
  );
}

function convolution(picture: readonly number[], kernel: readonly number[]): TrialGraph {
  const pads = Array<number>((kernel.length - 2) * 2).fill(1);
  const shape = [picture[0] ?? 1, kernel[0] ?? 1, ...picture.slice(2)];
  return graphOf('convolution', { type: 'Conv', attributes: { pads } }, [picture, kernel], shape);
}

function normalisation(): TrialGraph {
  const operator = { type: 'LayerNormalization', attributes: { axis: -1, epsilon: 1e-5 } };
  return graphOf('normalisation', operator, [[1, 70, 64], [64], [64]], [1, 70, 64]);
}

function attention(tokens: number): TrialGraph {
  const shape = [1, tokens, 64];
  const operator = { type: 'MultiHeadAttention', domain: 'com.microsoft', attributes: { num_heads: 2 } };
  return graphOf('attention', operator, [shape, shape, shape], shape);
}

function graphOf(
  check: DeviceCheck,
  operator: Pick<Operator, 'type' | 'domain' | 'attributes'>,
  shapes: readonly (readonly number[])[],
  output: readonly number[],
): TrialGraph {
  const inputs = shapes.map((shape, index) => {
    const count = shape.reduce((product, length) => product * length, 1);
    return { name: `x${index}`, shape, data: gaussians(index + 1, 0, count) };
  });
  const step: Operator = { ...operator, takes: inputs.map(({ name }) => name), gives: 'y' };
  return { check, inputs, model: modelOf([step], inputs, { name: 'y', shape: output }) };
}
