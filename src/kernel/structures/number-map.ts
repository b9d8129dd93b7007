/** A window is thinned out when it is longer than this and less than a quarter of it is held. */
const windowLeast = 64;
const thinness = 4;

/**
 * A Map by whole numbers that are given out in ascending order and go in about that order: offsets in flight, delivery tags,
 * publish numbers. What it holds lies in an array from the lowest number on, so that nothing is hashed or copied about, as
 * a Map does whenever a hundred have come and gone; stragglers, and numbers that come back, lie in a Map beside it. Takes as
 * much room as it holds items. Items are not undefined; iteration is in ascending order, and may delete as it goes.
 */
export class NumberMap<Item> {
  size = 0;
  private items: (Item | undefined)[] = [];
  /** Index of the first one held, and the number of `items[0]`. */
  private head = 0;
  private offset = 0;
  /** Those with lower numbers than the window's. */
  private early: Map<number, Item> | null = null;

  get(number: number): Item | undefined {
    const at = number - this.offset;
    if (at < this.head) return this.early?.get(number);
    return at < this.items.length ? this.items[at] : undefined;
  }

  has(number: number): boolean {
    return this.get(number) !== undefined;
  }

  set(number: number, item: Item): void {
    const { items } = this;
    const at = number - this.offset;
    if (at < this.head) return this.setEarly(number, item);
    if (at > items.length) this.leap(number, item);
    else if (at === items.length || items[at] === undefined) items[at] = item;
    else {
      items[at] = item;
      return;
    }
    this.size++;
    if (this.items.length - this.head > windowLeast) this.thin();
  }

  /** false: there was none. */
  delete(number: number): boolean {
    const { items } = this;
    const at = number - this.offset;
    if (at < this.head) return this.deleteEarly(number);
    if (at >= items.length || items[at] === undefined) return false;
    items[at] = undefined;
    this.size--;
    if (at === this.head) this.advance();
    return true;
  }

  clear(): void {
    this.startAt(0);
    this.early = null;
    this.size = 0;
  }

  /** The lowest; Infinity when there is none. */
  get firstNumber(): number {
    if (this.early !== null) return [...this.early.keys()].reduce((low, one) => Math.min(low, one), Infinity);
    return this.head < this.items.length ? this.offset + this.head : Infinity;
  }

  *[Symbol.iterator](): Generator<[number, Item]> {
    if (this.early !== null) {
      for (const number of [...this.early.keys()].sort((a, b) => a - b)) {
        const item = this.early.get(number);
        if (item !== undefined) yield [number, item];
      }
    }
    for (let number = this.offset + this.head; number < this.offset + this.items.length; number++) {
      const item = this.items[number - this.offset];
      if (item !== undefined) yield [number, item];
    }
  }

  *values(): Generator<Item> {
    for (const [, item] of this) yield item;
  }

  *keys(): Generator<number> {
    for (const [number] of this) yield number;
  }

  /** An independent one with the same items. */
  clone(): NumberMap<Item> {
    const copy = new NumberMap<Item>();
    copy.items = this.items.slice(this.head);
    copy.offset = this.offset + this.head;
    copy.size = this.size;
    copy.early = this.early && new Map(this.early);
    return copy;
  }

  /** For the history hash: what it holds, never how. */
  *hashParts(): Generator<unknown> {
    for (const pair of this) yield* pair;
  }

  /** Some numbers are left out: few of them stay empty, over many the window begins again. */
  private leap(number: number, item: Item): void {
    const { items } = this;
    const at = number - this.offset;
    if (this.head < items.length && at <= items.length + windowLeast) {
      while (items.length < at) items.push(undefined);
    } else {
      this.retire();
      this.startAt(number);
    }
    this.items.push(item);
  }

  /** Stragglers at the front of a window that is nearly empty go into the Map. */
  private thin(): void {
    for (;;) {
      const length = this.items.length - this.head;
      const held = this.size - (this.early?.size ?? 0);
      if (length <= windowLeast || length <= held * thinness) return;
      (this.early ??= new Map()).set(this.offset + this.head, this.items[this.head]!);
      this.items[this.head] = undefined;
      this.advance();
    }
  }

  /** What the window holds goes into the Map. */
  private retire(): void {
    for (let at = this.head; at < this.items.length; at++) {
      const item = this.items[at];
      if (item !== undefined) (this.early ??= new Map()).set(this.offset + at, item);
    }
  }

  /** An empty window, whose next number is this one or a later one. */
  private startAt(number: number): void {
    this.items.length = 0;
    this.head = 0;
    this.offset = number;
  }

  private setEarly(number: number, item: Item): void {
    const early = (this.early ??= new Map());
    if (!early.has(number)) this.size++;
    early.set(number, item);
  }

  private deleteEarly(number: number): boolean {
    if (!this.early?.delete(number)) return false;
    if (this.early.size === 0) this.early = null;
    this.size--;
    return true;
  }

  /** To the next one that is held; what lies before is given back by and by. */
  private advance(): void {
    const { items } = this;
    while (this.head < items.length && items[this.head] === undefined) this.head++;
    if (this.head > windowLeast && this.head * 2 > items.length) {
      this.items = items.slice(this.head);
      this.offset += this.head;
      this.head = 0;
    }
  }
}
