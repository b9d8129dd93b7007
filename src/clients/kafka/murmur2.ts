/**
 * The hash that turns a key into a partition. Kafka's own client and kafkajs agree on it since kafkajs 2.0; the
 * version before that did its arithmetic in floating point and sends most keys elsewhere.
 */

const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;

/**
 * Java's murmur2 over the UTF-8 bytes of `key`, as a signed 32-bit number.
 * Source: apache/kafka clients/…/common/utils/Utils.java `murmur2`; kafkajs producer/partitioners/default/murmur2.js.
 */
export function murmur2(key: string): number {
  const length = key.length;
  let hash = seed ^ length;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    const a = key.charCodeAt(index);
    const b = key.charCodeAt(index + 1);
    const c = key.charCodeAt(index + 2);
    const d = key.charCodeAt(index + 3);
    if ((a | b | c | d) > 0x7f) return murmur2OfBytes(utf8(key));
    hash = mixed(hash, a | (b << 8) | (c << 16) | (d << 24));
  }
  let rest = 0;
  for (let shift = 0, at = index; at < length; at++, shift += 8) {
    const code = key.charCodeAt(at);
    if (code > 0x7f) return murmur2OfBytes(utf8(key));
    rest |= code << shift;
  }
  return finished(index < length ? Math.imul(hash ^ rest, multiplier) : hash);
}

/** The same over bytes, for keys beyond ASCII. */
function murmur2OfBytes(data: Uint8Array): number {
  const length = data.length;
  let hash = seed ^ length;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    const word = data[index] | (data[index + 1] << 8) | (data[index + 2] << 16) | (data[index + 3] << 24);
    hash = mixed(hash, word);
  }
  let rest = 0;
  for (let shift = 0, at = index; at < length; at++, shift += 8) rest |= data[at] << shift;
  return finished(index < length ? Math.imul(hash ^ rest, multiplier) : hash);
}

function mixed(hash: number, word: number): number {
  let k = Math.imul(word, multiplier);
  k = Math.imul(k ^ (k >>> 24), multiplier);
  return Math.imul(hash, multiplier) ^ k;
}

function finished(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 13), multiplier);
  return h ^ (h >>> 15);
}

/**
 * kafkajs's murmur2 before 2.0: the same steps in double precision, and a loop that runs once too often when the
 * length is not a multiple of four. Kept because topics filled by it are still read today.
 * Source: kafkajs producer/partitioners/legacy/murmur2.js (brokers.md K-02).
 */
export function legacyMurmur2(key: string): number {
  const data = utf8(key);
  const length = data.length;
  const byte = (index: number): number => data[index] ?? 0;
  let h = seed ^ length;
  for (let i = 0; i < length / 4; i++) {
    let k = byte(4 * i) + (byte(4 * i + 1) << 8) + (byte(4 * i + 2) << 16) + (byte(4 * i + 3) << 24);
    k *= multiplier;
    k ^= k >>> 24;
    k *= multiplier;
    h *= multiplier;
    h ^= k;
  }
  const tail = length & ~3;
  if (length % 4 === 3) h ^= byte(tail + 2) << 16;
  if (length % 4 >= 2) h ^= byte(tail + 1) << 8;
  if (length % 4 >= 1) {
    h ^= byte(tail);
    h *= multiplier;
  }
  h ^= h >>> 13;
  h *= multiplier;
  h ^= h >>> 15;
  return h;
}

const encoder = new TextEncoder();

function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
