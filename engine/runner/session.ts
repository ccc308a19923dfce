import { setImmediate as nextTurn } from 'node:timers/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { FloatTensor } from '../generate/loom-graphs.ts';

/** A network in memory. */
export interface GraphSession {
  /** Blocks the process while it computes; messages that came in meanwhile have been heard when it resolves. */
  run(inputs: Readonly<Record<string, GraphInput>>): Promise<Readonly<Record<string, FloatTensor>>>;
  release(): Promise<void>;
}

export type GraphInput = FloatTensor | { readonly data: BigInt64Array; readonly shape: readonly number[] };

export interface SessionOptions {
  /** The only execution provider: a graph it cannot run fails instead of landing on another one. */
  readonly provider: string;
  readonly threads: number;
}

/** A network as its manifest describes it. */
export interface GraphNames {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * Opens a graph from its file, so that its weights are mapped rather than read. Throws Error when it does not load,
 * or takes or gives other tensors than it should.
 */
export async function openSession(path: string, names: GraphNames, options: SessionOptions): Promise<GraphSession> {
  const session = await InferenceSession.create(path, {
    executionProviders: [options.provider],
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // Threads that wait without work burn a core: 279 against 38 ms of processor time were measured.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  expectNames('takes', session.inputNames, names.inputs);
  expectNames('gives', session.outputNames, names.outputs);
  return {
    run: async (inputs) => {
      const feeds = Object.entries(inputs).map(([name, input]) => [name, toTensor(input)] as const);
      const outputs = await session.run(Object.fromEntries(feeds));
      await nextTurn();
      return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, fromTensor(name, output)]));
    },
    release: () => session.release(),
  };
}

function toTensor({ data, shape }: GraphInput): Tensor {
  return data instanceof BigInt64Array ? new Tensor('int64', data, shape) : new Tensor('float32', data, shape);
}

function fromTensor(name: string, { data, dims }: Tensor): FloatTensor {
  if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32`);
  return { data, shape: dims };
}

function expectNames(verb: string, actual: readonly string[], expected: readonly string[]): void {
  const [found, wanted] = [actual, expected].map((names) => names.toSorted().join(', '));
  if (found !== wanted) throw new Error(`the graph ${verb} ${found} instead of ${wanted}`);
}
