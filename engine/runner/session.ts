import { setImmediate as nextTurn } from 'node:timers/promises';
import { env, InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import { type DeviceName, deviceNames } from '../contract/device.ts';
import type { FloatTensor } from '../generate/loom-graphs.ts';

/** What runs the networks, by name and version. */
export const runtimeName = `ONNX Runtime ${env.versions.node ?? env.versions.common}`;

/** The devices that this build of the runtime can drive at all, by its own account; whether one works is to be tried. */
export function devicesOfRuntime(): readonly DeviceName[] {
  const names = listSupportedBackends().map(({ name }) => name);
  return deviceNames.filter((device) => names.includes(device));
}

/** A network in memory. */
export interface GraphSession {
  /** Blocks the process while it computes; messages that came in meanwhile have been heard when it resolves. */
  run(inputs: Readonly<Record<string, GraphInput>>): Promise<Readonly<Record<string, FloatTensor>>>;
  release(): Promise<void>;
}

export type GraphInput = FloatTensor | { readonly data: BigInt64Array; readonly shape: readonly number[] };

export interface SessionOptions {
  /** The only one: a graph of which it cannot run every part fails instead of landing on the processor. */
  readonly device: DeviceName;
  readonly threads: number;
}

/** A network as its manifest describes it. */
export interface GraphNames {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * Opens a graph from its file, so that its weights are mapped rather than read, or from its bytes where it has none.
 * Throws Error when it does not load, or takes or gives other tensors than it should.
 */
export async function openSession(
  model: string | Uint8Array,
  names: GraphNames,
  { device, threads }: SessionOptions,
): Promise<GraphSession> {
  const strict = device === 'cpu' ? {} : { disable_cpu_ep_fallback: '1' };
  const options: InferenceSession.SessionOptions = {
    executionProviders: [device],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // Threads that wait without work burn a core: 279 against 38 ms of processor time were measured.
    extra: { session: { intra_op: { allow_spinning: '0' }, ...strict } },
  };
  const session = await (typeof model === 'string'
    ? InferenceSession.create(model, options)
    : InferenceSession.create(model, options));
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
