import type { FloatTensor } from '../generate/loom-graphs.ts';
import type { GraphInput, GraphSession } from './session.ts';

/** The networks of a pack, opened when they are first needed and kept for the next shot. */
export interface GraphHolder<Network extends string> {
  open(networks: readonly Network[]): Promise<void>;
  run(network: Network, inputs: Readonly<Record<string, GraphInput>>): Promise<Readonly<Record<string, FloatTensor>>>;
  readonly releaseAll: () => Promise<void>;
}

/**
 * Holds sessions, and gives every one of them back in the end. Where memory is tight only one network is held at a
 * time, so that the largest of them decides what fits and not their sum.
 */
export function holdGraphs<Network extends string>(
  openOne: (network: Network) => Promise<GraphSession>,
  { isTight }: { readonly isTight: boolean },
): GraphHolder<Network> {
  const sessions = new Map<Network, GraphSession>();
  const releaseAll = async () => {
    const held = [...sessions.values()];
    sessions.clear();
    for (const session of held) await session.release();
  };
  const session = async (network: Network): Promise<GraphSession> => {
    const held = sessions.get(network);
    if (held) return held;
    if (isTight) await releaseAll();
    const opened = await openOne(network);
    sessions.set(network, opened);
    return opened;
  };
  return {
    open: async (networks) => {
      try {
        // Where only one is held, opening ahead would be in vain.
        for (const network of isTight ? [] : networks) await session(network);
      } catch (error) {
        await releaseAll();
        throw error;
      }
    },
    run: async (network, inputs) => (await session(network)).run(inputs),
    releaseAll,
  };
}
