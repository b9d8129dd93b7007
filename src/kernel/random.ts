import type { LatencyTable } from './distribution';
import type { Duration } from './time';

/** One stream of random numbers. Uniform draws use only integer operations, so every engine draws the same. */
export interface Random {
  /** 32 random bits, unsigned. */
  bits(): number;
  /** In [0, 1), a multiple of 2⁻³². */
  unit(): number;
  /** Whole number in [0, bound). */
  below(bound: number): number;
  /** true with this probability. */
  chance(probability: number): boolean;
  /** A duration in whole microseconds from a compiled distribution; a constant draws nothing. */
  sample(table: LatencyTable): Duration;
}

const wordsPerStream = 4;

export interface SavedStreams {
  readonly names: readonly string[];
  readonly words: Int32Array;
}

/** Mixes text into a 32-bit seed (FNV-1a with a final avalanche, from MurmurHash3's fmix32). */
export function hashText(seed: number, text: string): number {
  let hash = (seed ^ 0x811c9dc5) | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/**
 * All streams of a run, each seeded from the run's seed and its own name, so that adding a process or a fault never
 * shifts another's draws. State lies in one Int32Array: 32-bit values in object fields would be boxed in Chromium
 * (performance.md 1c), and a snapshot is one `slice`.
 */
export class Streams {
  words = new Int32Array(16 * wordsPerStream);
  private readonly byName = new Map<string, Stream>();
  private readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  stream(name: string): Random {
    const known = this.byName.get(name);
    if (known) return known;
    const offset = this.byName.size * wordsPerStream;
    if (offset + wordsPerStream > this.words.length) {
      const bigger = new Int32Array(this.words.length * 2);
      bigger.set(this.words);
      this.words = bigger;
    }
    const stream = new Stream(this, offset);
    this.byName.set(name, stream);
    this.seedStream(name, offset);
    return stream;
  }

  save(): SavedStreams {
    return { names: [...this.byName.keys()], words: this.words.slice(0, this.byName.size * wordsPerStream) };
  }

  /** By name, so it does not matter in which order streams were first used; those the snapshot lacks start afresh. */
  load(saved: SavedStreams): void {
    const offsets = new Map(saved.names.map((name, index) => [name, index * wordsPerStream]));
    for (const name of saved.names) this.stream(name);
    let offset = 0;
    for (const name of this.byName.keys()) {
      const from = offsets.get(name);
      if (from === undefined) this.seedStream(name, offset);
      else this.words.set(saved.words.subarray(from, from + wordsPerStream), offset);
      offset += wordsPerStream;
    }
  }

  private seedStream(name: string, offset: number): void {
    // splitmix-like: four words that are never all zero
    let state = hashText(this.seed, name);
    for (let i = 0; i < wordsPerStream; i++) {
      state = (state + 0x9e3779b9) | 0;
      this.words[offset + i] = mix(state) || 1;
    }
  }
}

/** xoshiro128** by David Blackman and Sebastiano Vigna (public domain algorithm), state in the shared array. */
class Stream implements Random {
  private readonly streams: Streams;
  private readonly offset: number;

  constructor(streams: Streams, offset: number) {
    this.streams = streams;
    this.offset = offset;
  }

  bits(): number {
    const words = this.streams.words;
    const o = this.offset;
    const s1 = words[o + 1];
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = s1 << 9;
    words[o + 2] ^= words[o];
    words[o + 3] ^= s1;
    words[o + 1] ^= words[o + 2];
    words[o] ^= words[o + 3];
    words[o + 2] ^= shifted;
    const s3 = words[o + 3];
    words[o + 3] = (s3 << 11) | (s3 >>> 21);
    return result >>> 0;
  }

  unit(): number {
    return this.bits() / 4294967296;
  }

  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  sample(table: LatencyTable): Duration {
    if (table.quantiles === null) return table.constant;
    const last = table.quantiles.length - 1;
    const position = this.unit() * last;
    const index = Math.floor(position);
    const low = table.quantiles[index];
    return Math.round(low + (table.quantiles[index + 1] - low) * (position - index));
  }
}
