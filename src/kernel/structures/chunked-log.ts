/** Items per chunk: small enough that copying one for a snapshot is nothing, large enough that a long log has few. */
const chunkBits = 8;
const chunkLength = 1 << chunkBits;
const chunkMask = chunkLength - 1;

/**
 * An append-only vector whose items never move: an item keeps its index for ever, also when the items before it are
 * dropped. Items must be immutable. A clone shares every full chunk and copies only the last one, so it costs
 * O(chunks) and either side may go on differently without the other noticing: what snapshots and forks need.
 */
export class ChunkedLog<Item> {
  private chunks: Item[][] = [];
  /** Number of whole chunks dropped before `chunks[0]`. */
  private droppedChunks = 0;
  private first = 0;
  private next = 0;

  /** Index of the first item still held; equals `end` when there is none. */
  get start(): number {
    return this.first;
  }

  /** Index after the last item: how many were ever appended. */
  get end(): number {
    return this.next;
  }

  /** Items still held. */
  get length(): number {
    return this.next - this.first;
  }

  /** The item at an index; undefined outside `start` ≤ index < `end`. */
  at(index: number): Item | undefined {
    if (index < this.first || index >= this.next) return undefined;
    return this.chunks[(index >>> chunkBits) - this.droppedChunks][index & chunkMask];
  }

  /** Appends and returns the item's index. */
  push(item: Item): number {
    const index = this.next++;
    if ((index & chunkMask) === 0) this.chunks.push([item]);
    else this.chunks[this.chunks.length - 1].push(item);
    return index;
  }

  /** Puts another item in the place of one that is held; clones keep theirs. */
  replace(index: number, item: Item): void {
    if (index < this.first || index >= this.next) throw new RangeError(`There is no item ${index}.`);
    const at = (index >>> chunkBits) - this.droppedChunks;
    this.chunks[at] = this.chunks[at].slice();
    this.chunks[at][index & chunkMask] = item;
  }

  /** Forgets every item before `index`. Indexes of the others stay. Memory is given back by whole chunks. */
  dropBefore(index: number): void {
    if (index <= this.first) return;
    this.first = Math.min(index, this.next);
    // The chunk of `next` stays even when it holds nothing any more: the next push goes there.
    const keep =
      Math.min(this.first >>> chunkBits, this.droppedChunks + this.chunks.length - 1) - this.droppedChunks;
    if (keep <= 0) return;
    this.chunks = this.chunks.slice(keep);
    this.droppedChunks += keep;
  }

  /** Forgets every item from `index` on; what is pushed next takes that index. Clones keep theirs. */
  truncate(index: number): void {
    if (index >= this.next) return;
    if (index < this.first) throw new RangeError(`There is nothing left to keep before ${this.first}.`);
    this.next = index;
    const chunks = ((index + chunkMask) >>> chunkBits) - this.droppedChunks;
    this.chunks = this.chunks.slice(0, Math.max(chunks, 0));
    const used = index & chunkMask;
    // a full chunk may be shared with a clone, and is written to again from now on
    if (used > 0) this.chunks[chunks - 1] = this.chunks[chunks - 1].slice(0, used);
  }

  /** First index whose item satisfies a claim that stays true for all later items; `end` when none does. O(log n). */
  findFirst(claim: (item: Item) => boolean): number {
    let low = this.first;
    let high = this.next;
    while (low < high) {
      const middle = low + ((high - low) >>> 1);
      if (claim(this.chunks[(middle >>> chunkBits) - this.droppedChunks][middle & chunkMask])) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** An independent log with the same items and indexes. */
  clone(): ChunkedLog<Item> {
    const copy = new ChunkedLog<Item>();
    copy.chunks = this.chunks.slice();
    const last = copy.chunks.length - 1;
    if (last >= 0) copy.chunks[last] = copy.chunks[last].slice();
    copy.droppedChunks = this.droppedChunks;
    copy.first = this.first;
    copy.next = this.next;
    return copy;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let index = this.first; index < this.next; index++) yield this.at(index)!;
  }

  /** For the history hash: where it starts and what it holds, never how it is chunked. */
  *hashParts(): Generator<unknown> {
    yield this.first;
    yield* this;
  }
}
