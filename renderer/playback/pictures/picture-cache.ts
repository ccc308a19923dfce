/** What a cache can hold: something that must be closed, of a size known beforehand. */
export interface Held {
  close(): void;
}

/**
 * Decoded pictures by name, the longest unused ones closed first once they take more than `limitBytes`. It owns what
 * is put in: whatever leaves it is closed, and `get` only lends.
 */
export class PictureCache<T extends Held> {
  readonly #limitBytes: number;
  // A Map keeps the order of insertion: what is used is put in again, so the first is the longest unused.
  readonly #held = new Map<string, { readonly picture: T; readonly bytes: number }>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  has(name: string): boolean {
    return this.#held.has(name);
  }

  get(name: string): T | undefined {
    const found = this.#held.get(name);
    if (!found) return undefined;
    this.#held.delete(name);
    this.#held.set(name, found);
    return found.picture;
  }

  /** Takes a picture over. One already here by that name is closed; so is a single one larger than the limit. */
  put(name: string, picture: T, bytes: number): void {
    this.#remove(name);
    this.#held.set(name, { picture, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#limitBytes) return;
      this.#remove(oldest);
    }
  }

  /** Closes what a test of names lets go. */
  drop(isUnwanted: (name: string) => boolean): void {
    for (const name of [...this.#held.keys()]) if (isUnwanted(name)) this.#remove(name);
  }

  #remove(name: string): void {
    const found = this.#held.get(name);
    if (!found) return;
    this.#held.delete(name);
    this.#bytes -= found.bytes;
    found.picture.close();
  }
}
