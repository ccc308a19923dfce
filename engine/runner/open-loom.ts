import { join } from 'node:path';
import type { CodedChunk, FloatTensor, LoomGraphs, VaeChunk } from '../generate/loom-graphs.ts';
import { makeShot } from '../generate/make-shot.ts';
import { damaged } from '../packs/damaged.ts';
import type { LoomManifest } from '../packs/loom-manifest.ts';
import type { LoomPack } from '../packs/loom-pack.ts';
import type { PackComponent } from '../packs/manifest.ts';
import { packBytes } from '../packs/read-pack.ts';
import { type GraphHolder, holdGraphs } from './graph-holder.ts';
import type { OpenOptions, OpenPack, Spent } from './open-pack.ts';
import { type GraphInput, type GraphSession, openSession, type SessionOptions } from './session.ts';

type Network = keyof LoomManifest['components'];

/** Opens what a shot from words needs; the VAE's encoder waits until a task asks for it. */
export async function openLoom(pack: LoomPack, options: OpenOptions): Promise<OpenPack> {
  const { graphs, holder } = loomGraphs(pack, options);
  await holder.open(['textEncoder', 'transformer', 'vaeDecoder']);
  return {
    device: options.device,
    makeShot: (request, watch, spent) => makeShot(pack.model, timed(graphs, spent), request, watch),
    release: holder.releaseAll,
  };
}

/** The networks of a verified pack as the functions that `makeShot` calls; each is opened when it is first needed. */
export function loomGraphs(
  pack: LoomPack,
  { onRun, ...options }: OpenOptions,
): { graphs: LoomGraphs; holder: GraphHolder<Network> } {
  const held = holdGraphs<Network>((network) => openLoomNetwork(pack, network, options), { isTight: isTight(pack) });
  const run = async (network: Network, inputs: Readonly<Record<string, GraphInput>>) => {
    const outputs = await held.run(network, inputs);
    onRun?.({ network, inputs, outputs });
    return outputs;
  };
  const holder = { ...held, run };
  const graphs: LoomGraphs = {
    encodeText: async (data, batch) => {
      const { text } = await holder.run('textEncoder', { tokens: { data, shape: [batch, data.length / batch] } });
      return given(text);
    },
    predictVelocity: async (inputs) => given((await holder.run('transformer', { ...inputs })).velocity).data,
    encodeFrames: (chunk) => codeChunk(holder, 'vaeEncoder', chunk, { takes: 'frames', gives: 'latents' }),
    decodeLatents: (chunk) => codeChunk(holder, 'vaeDecoder', chunk, { takes: 'latents', gives: 'frames' }),
  };
  return { graphs, holder };
}

async function codeChunk(
  holder: GraphHolder<Network>,
  network: Network,
  { values, isFirst, caches }: VaeChunk,
  { takes, gives }: { readonly takes: string; readonly gives: string },
): Promise<CodedChunk> {
  const outputs = await holder.run(network, {
    [takes]: values,
    first: { data: Float32Array.of(isFirst ? 1 : 0), shape: [1] },
    ...Object.fromEntries(caches.map((cache, index) => [`cacheIn${index}`, cache])),
  });
  return { values: given(outputs[gives]), caches: caches.map((_, index) => given(outputs[`cacheOut${index}`])) };
}

/** Opens one network on a device, whatever it was made for. */
export async function openLoomNetwork(
  { folder, manifest }: LoomPack,
  network: string,
  options: SessionOptions,
): Promise<GraphSession> {
  if (!isNetwork(manifest, network)) throw new Error(`a loom pack has no ${network}`);
  const { graph, inputs, outputs }: PackComponent = manifest.components[network];
  try {
    const names = { inputs: Object.keys(inputs), outputs: Object.keys(outputs) };
    return await openSession(join(folder, graph), names, options);
  } catch (error) {
    throw damaged(manifest.id, graph, error);
  }
}

function isNetwork({ components }: LoomManifest, name: string): name is Network {
  return Object.hasOwn(components, name);
}

// fp16 weights are mapped from the file and unfolded to fp32 at load: three times the files is what they take.
function isTight(pack: LoomPack): boolean {
  return 3 * packBytes(pack) > process.availableMemory() / 2;
}

/** The same graphs, counting the seconds they take. */
function timed(graphs: LoomGraphs, spent: Spent): LoomGraphs {
  const counted = async <Result>(
    phase: 'readingSeconds' | 'samplingSeconds' | 'decodingSeconds',
    run: () => Promise<Result>,
  ) => {
    const from = performance.now();
    const result = await run();
    spent[phase] += (performance.now() - from) / 1000;
    spent.peakMemoryBytes = Math.max(spent.peakMemoryBytes, process.memoryUsage.rss());
    return result;
  };
  return {
    encodeText: (tokens, batch) => counted('readingSeconds', () => graphs.encodeText(tokens, batch)),
    predictVelocity: (inputs) => counted('samplingSeconds', () => graphs.predictVelocity(inputs)),
    encodeFrames: (chunk) => counted('readingSeconds', () => graphs.encodeFrames(chunk)),
    decodeLatents: (chunk) => counted('decodingSeconds', () => graphs.decodeLatents(chunk)),
  };
}

// The session made sure that the graph has this output.
function given(output: FloatTensor | undefined): FloatTensor {
  if (!output) throw new Error('a network left out an output');
  return output;
}
