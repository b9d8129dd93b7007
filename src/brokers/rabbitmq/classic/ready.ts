/**
 * The ready messages of a classic queue in the order in which they will be given out: by priority, then by arrival. What
 * was given out and comes back takes its old place. Both ends cost the same however deep the queue is.
 */
import { ChunkedLog } from '../../../kernel/structures/chunked-log';
import type { Time } from '../../../kernel/time';
import type { Delivery, Publication } from '../queue-type';

/** A message in a queue. Immutable; `id` is its place in the order of arrival. */
export interface Entry extends Delivery {
  readonly publication: Publication;
  /** When it came. */
  readonly since: Time;
  /** Infinity: never. */
  readonly expiresAt: Time;
}

interface Level {
  readonly arrived: ChunkedLog<Entry>;
  /** Latest arrival first, so that the next one is at the end. All of them arrived before those in `arrived`. */
  returned: Entry[];
}

export interface Ready {
  /** By priority. */
  readonly levels: Level[];
  count: number;
  sizeBytes: number;
}

export function newReady(priorityMax: number): Ready {
  const levels = Array.from({ length: priorityMax + 1 }, () => ({
    arrived: new ChunkedLog<Entry>(),
    returned: [],
  }));
  return { levels, count: 0, sizeBytes: 0 };
}

export function pushReady(ready: Ready, entry: Entry): void {
  ready.levels[levelOf(ready, entry)].arrived.push(entry);
  ready.count++;
  ready.sizeBytes += entry.publication.sizeBytes;
}

/** Above the queue's highest it counts as that; without one it is the lowest. */
function levelOf(ready: Ready, { publication }: Entry): number {
  if (ready.levels.length === 1) return 0;
  return Math.min(publication.properties.priority ?? 0, ready.levels.length - 1);
}

export function headOf(ready: Ready): Entry | undefined {
  if (ready.count === 0) return undefined;
  for (let level = ready.levels.length - 1; level >= 0; level--) {
    const { arrived, returned } = ready.levels[level];
    const entry = returned.length > 0 ? returned[returned.length - 1] : arrived.at(arrived.start);
    if (entry) return entry;
  }
  return undefined;
}

export function popHead(ready: Ready): Entry | undefined {
  if (ready.count === 0) return undefined;
  for (let level = ready.levels.length - 1; level >= 0; level--) {
    const entry = popLevel(ready.levels[level]);
    if (entry === undefined) continue;
    ready.count--;
    ready.sizeBytes -= entry.publication.sizeBytes;
    return entry;
  }
  return undefined;
}

function popLevel({ arrived, returned }: Level): Entry | undefined {
  if (returned.length > 0) return returned.pop();
  const entry = arrived.at(arrived.start);
  if (entry !== undefined) arrived.dropBefore(arrived.start + 1);
  return entry;
}

export function giveBack(ready: Ready, entries: readonly Entry[]): void {
  for (const entry of entries) {
    ready.levels[levelOf(ready, entry)].returned.push(entry);
    ready.count++;
    ready.sizeBytes += entry.publication.sizeBytes;
  }
  for (const level of ready.levels) {
    // what arrived first goes first
    if (level.returned.length > 1) level.returned.sort((a, b) => b.id - a.id);
  }
}

export function clearReady(ready: Ready): void {
  for (const level of ready.levels) {
    level.returned = [];
    level.arrived.dropBefore(level.arrived.end);
  }
  ready.count = 0;
  ready.sizeBytes = 0;
}

/** From the head on. */
export function* eachReady(ready: Ready): Generator<Entry> {
  for (let level = ready.levels.length - 1; level >= 0; level--) {
    const { arrived, returned } = ready.levels[level];
    for (let at = returned.length - 1; at >= 0; at--) yield returned[at];
    yield* arrived;
  }
}

export function cloneReady(ready: Ready): Ready {
  const levels = ready.levels.map(({ arrived, returned }) => ({
    arrived: arrived.clone(),
    returned: returned.slice(),
  }));
  return { levels, count: ready.count, sizeBytes: ready.sizeBytes };
}
