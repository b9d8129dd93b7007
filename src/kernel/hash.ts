/** What a value object with private layout contributes to a hash: its meaning, not its layout. */
export interface Hashable {
  hashParts(): Iterable<unknown>;
}

const float = new Float64Array(1);
const halves = new Int32Array(float.buffer);

/**
 * 64 bits of order-dependent hash over numbers, text and plain data, the same in every engine. Two independent
 * 32-bit lanes (murmur-style mixing); state in a typed array because Chromium boxes 32-bit fields.
 */
export class Hasher {
  private readonly lanes = new Int32Array([0x243f6a88, 0x85a308d3 | 0]);

  int(value: number): void {
    const lanes = this.lanes;
    let k = Math.imul(value, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    let a = lanes[0] ^ k;
    a = (a << 13) | (a >>> 19);
    lanes[0] = Math.imul(a, 5) + 0xe6546b64;
    let b = Math.imul(lanes[1] ^ value, 0x85ebca6b);
    b ^= b >>> 15;
    lanes[1] = Math.imul(b, 0xc2b2ae35) + lanes[0];
  }

  number(value: number): void {
    // the one value with two bit patterns that engines may differ in, and −0
    float[0] = value === 0 ? 0 : value !== value ? NaN : value;
    if (value !== value) {
      this.int(0x7ff80000);
      return;
    }
    this.int(halves[0]);
    this.int(halves[1]);
  }

  text(value: string): void {
    this.int(value.length);
    for (let i = 0; i < value.length; i++) this.int(value.charCodeAt(i));
  }

  /** Any plain data: objects by sorted keys, Maps and Sets in their order, typed arrays by content. */
  value(value: unknown): void {
    if (value === null || value === undefined) this.int(value === null ? 1 : 2);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'string') this.text(value);
    else if (typeof value === 'boolean') this.int(value ? 3 : 4);
    else if (typeof value === 'object') this.object(value);
    else throw new TypeError(`State holds a ${typeof value}; only plain data can be hashed and saved.`);
  }

  hex(): string {
    const word = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
    return word(this.lanes[0]) + word(this.lanes[1]);
  }

  private object(value: object): void {
    if (Array.isArray(value) || value instanceof Set) this.sequence(5, value as Iterable<unknown>);
    else if (ArrayBuffer.isView(value)) this.sequence(6, value as unknown as Iterable<number>);
    else if (value instanceof Map) {
      this.int(7);
      for (const [key, entry] of value) {
        this.value(key);
        this.value(entry);
      }
      this.int(value.size);
    } else if ('hashParts' in value) this.sequence(8, (value as Hashable).hashParts());
    else {
      this.int(9);
      for (const key of Object.keys(value).sort()) {
        this.text(key);
        this.value((value as Record<string, unknown>)[key]);
      }
    }
  }

  private sequence(tag: number, items: Iterable<unknown>): void {
    this.int(tag);
    let count = 0;
    for (const item of items) {
      this.value(item);
      count++;
    }
    this.int(count);
  }
}
