import type { Hashable } from '../../../kernel/hash';

const bits = 8;
const width = 1 << bits;
const mask = width - 1;

interface Chunk<Item> {
  readonly items: (Item | undefined)[];
  count: number;
  /** The shelf that may write to it; others that share it copy it first. */
  owner: object;
}

/**
 * Items by a number that only grows, of which any may be taken out: an array in chunks. Items must be immutable. A clone
 * shares the chunks, and whoever writes to a shared one copies it: cheap for snapshots, however many items there are.
 */
export class Shelf<Item> implements Hashable {
  private chunks: (Chunk<Item> | undefined)[] = [];
  private dropped = 0;
  private live = 0;
  private owner: object = {};

  get size(): number {
    return this.live;
  }

  get(number: number): Item | undefined {
    return this.chunks[(number >>> bits) - this.dropped]?.items[number & mask];
  }

  set(number: number, item: Item): void {
    const chunk = this.writable(number);
    if (chunk.items[number & mask] === undefined) {
      chunk.count++;
      this.live++;
    }
    chunk.items[number & mask] = item;
  }

  delete(number: number): void {
    if (this.get(number) === undefined) return;
    const chunk = this.writable(number);
    chunk.items[number & mask] = undefined;
    chunk.count--;
    this.live--;
    if (chunk.count === 0) this.release((number >>> bits) - this.dropped);
  }

  clear(): void {
    this.dropped += Math.max(this.chunks.length - 1, 0);
    this.chunks = [];
    this.live = 0;
  }

  /** In order of their numbers. */
  *values(): Generator<Item> {
    for (const chunk of this.chunks) {
      if (chunk === undefined || chunk.count === 0) continue;
      for (const item of chunk.items) if (item !== undefined) yield item;
    }
  }

  first(): Item | undefined {
    for (const item of this.values()) return item;
    return undefined;
  }

  /** The item before which there are `rank` others; undefined when there are not so many. */
  ranked(rank: number): Item | undefined {
    let before = rank;
    for (const chunk of this.chunks) {
      if (chunk === undefined) continue;
      if (before >= chunk.count) before -= chunk.count;
      else for (const item of chunk.items) if (item !== undefined && before-- === 0) return item;
    }
    return undefined;
  }

  clone(): Shelf<Item> {
    const copy = new Shelf<Item>();
    copy.chunks = this.chunks.slice();
    copy.dropped = this.dropped;
    copy.live = this.live;
    // neither owns what both have
    this.owner = {};
    return copy;
  }

  *hashParts(): Generator<unknown> {
    yield this.live;
    yield* this.values();
  }

  private writable(number: number): Chunk<Item> {
    const at = (number >>> bits) - this.dropped;
    const chunk = this.chunks[at];
    if (chunk?.owner === this.owner) return chunk;
    const own: Chunk<Item> =
      chunk === undefined
        ? { items: Array.from<undefined>({ length: width }), count: 0, owner: this.owner }
        : { items: chunk.items.slice(), count: chunk.count, owner: this.owner };
    while (this.chunks.length < at) this.chunks.push(undefined);
    this.chunks[at] = own;
    return own;
  }

  /** An empty chunk is let go, and those before the first that is not empty are forgotten. */
  private release(at: number): void {
    // the last one will be written to again
    if (at === this.chunks.length - 1) return;
    this.chunks[at] = undefined;
    let empty = 0;
    while (empty < this.chunks.length - 1 && (this.chunks[empty]?.count ?? 0) === 0) empty++;
    if (empty === 0) return;
    this.chunks.splice(0, empty);
    this.dropped += empty;
  }
}
