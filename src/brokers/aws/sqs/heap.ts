/** A binary heap of pairs, the least first by key, then by number. Plain arrays: cloned by slices. */
export interface Heap {
  keys: number[];
  numbers: number[];
}

export function newHeap(): Heap {
  return { keys: [], numbers: [] };
}

export function cloneHeap({ keys, numbers }: Heap): Heap {
  return { keys: keys.slice(), numbers: numbers.slice() };
}

export function heapPush({ keys, numbers }: Heap, key: number, number: number): void {
  let at = keys.length;
  keys.push(key);
  numbers.push(number);
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (keys[parent] < key || (keys[parent] === key && numbers[parent] <= number)) break;
    keys[at] = keys[parent];
    numbers[at] = numbers[parent];
    at = parent;
  }
  keys[at] = key;
  numbers[at] = number;
}

/** Takes the least out. It must not be empty. */
export function heapPop({ keys, numbers }: Heap): void {
  const key = keys.pop()!;
  const number = numbers.pop()!;
  const length = keys.length;
  if (length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= length) break;
    const right = child + 1;
    if (right < length && isBefore(keys[right], numbers[right], keys[child], numbers[child])) child = right;
    if (!isBefore(keys[child], numbers[child], key, number)) break;
    keys[at] = keys[child];
    numbers[at] = numbers[child];
    at = child;
  }
  keys[at] = key;
  numbers[at] = number;
}

function isBefore(key: number, number: number, otherKey: number, other: number): boolean {
  return key < otherKey || (key === otherKey && number < other);
}
