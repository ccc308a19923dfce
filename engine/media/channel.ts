/** One hands over, another takes: nothing piles up in between, and either side learns when the other is gone. */
export interface Channel<T> extends AsyncIterable<T> {
  /** Resolves when the value was taken. Throws ChannelClosed when nobody takes any more. */
  give(value: T): Promise<void>;
  /** Ends the taker's loop, with an error if there was one. */
  end(error?: unknown): void;
}

export class ChannelClosed extends Error {
  constructor() {
    super('nobody takes from this channel any more');
    this.name = 'ChannelClosed';
  }
}

/** A channel for one giver, who waits for each `give`, and one taker, who loops over it once. */
export function channel<T>(): Channel<T> {
  let offered: { readonly value: T; taken(): void; refused(error: Error): void } | undefined;
  let isHandedOver = false;
  let ending: { readonly error: unknown } | undefined;
  let isClosed = false;
  let wake = () => {};

  const next = async (): Promise<IteratorResult<T, undefined>> => {
    if (isHandedOver) {
      offered?.taken(); // the taker comes back for more
      offered = undefined;
      isHandedOver = false;
    }
    while (!offered && !ending) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (offered) {
      isHandedOver = true;
      return { done: false, value: offered.value };
    }
    isClosed = true;
    if (ending?.error !== undefined) throw ending.error;
    return { done: true, value: undefined };
  };
  // Not a generator: leaving one that was never begun runs none of it, and the giver would wait for ever.
  const leave = async (): Promise<IteratorResult<T, undefined>> => {
    isClosed = true;
    offered?.refused(new ChannelClosed());
    return { done: true, value: undefined };
  };

  return {
    give: (value) =>
      new Promise((resolve, reject) => {
        if (isClosed || ending) return reject(new ChannelClosed());
        offered = { value, taken: resolve, refused: reject };
        wake();
      }),
    end: (error) => {
      ending ??= { error };
      wake();
    },
    [Symbol.asyncIterator]: () => ({ next, return: leave }),
  };
}
