/** How messages come into a queue, are hidden, show again and go, in step with everything that counts or orders them. */
import type { FactId } from '../../../kernel/fact';
import { invariant } from '../../../kernel/invariant';
import type { Time } from '../../../kernel/time';
import { heapPop, heapPush } from './heap';
import type { Entry, Sent } from './message';
import { addRank } from './ranks';
import type { Group, Origin, Queue, SqsState } from './state';
import { tenantChanged } from './fair';

/** A message arrives; it is hidden until `until` when that is later than now. */
export function put(
  state: SqsState,
  queue: Queue,
  sent: Sent,
  origin: Origin,
  until: Time,
  now: Time,
): Entry {
  const isDelayed = until > now;
  const sequence = queue.next++;
  const entry: Entry = {
    sequence,
    sent,
    ...origin,
    state: isDelayed ? 'delayed' : 'available',
    receivedAt: -1,
    hiddenAt: isDelayed ? now : -1,
    until: isDelayed ? until : -1,
    holder: null,
    order: isDelayed ? 0 : ++queue.order,
    isRanked: !isDelayed && !queue.isFifo,
  };
  queue.messages.set(sequence, entry);
  queue.expiresAt = Math.min(queue.expiresAt, origin.enqueuedAt + queue.settings.retention);
  if (queue.isFifo) intoGroup(queue, entry);
  else tenantChanged(queue, null, entry, now);
  if (isDelayed) {
    queue.delayed++;
    heapPush(queue.clock, until, sequence);
  } else {
    queue.available++;
    if (!queue.isFifo) rank(queue, entry);
    state.awake.add(queue.name);
  }
  return entry;
}

/** It goes out of sight: received, or its timeout was changed. */
export function hide(
  queue: Queue,
  entry: Entry,
  change: Partial<Entry> & { readonly until: Time },
  now: Time,
): Entry {
  const hidden: Entry = { ...entry, ...change, state: 'in flight', hiddenAt: now };
  queue.messages.set(entry.sequence, hidden);
  count(queue, entry.state, -1);
  queue.inFlight++;
  if (!queue.isFifo) tenantChanged(queue, entry, hidden, now);
  heapPush(queue.clock, change.until, entry.sequence);
  return hidden;
}

/** It can be received (again). */
export function show(state: SqsState, queue: Queue, entry: Entry, fact: FactId, now: Time): void {
  const isRanked = !queue.isFifo;
  const shown: Entry = {
    ...entry,
    ...{ state: 'available', hiddenAt: -1, until: -1, order: ++queue.order, isRanked, fact },
  };
  queue.messages.set(entry.sequence, shown);
  count(queue, entry.state, -1);
  queue.available++;
  if (queue.isFifo) readyIfFirst(queue, shown);
  else {
    tenantChanged(queue, entry, shown, now);
    if (!entry.isRanked) rank(queue, shown);
  }
  state.awake.add(queue.name);
}

/** It is gone: deleted, expired, moved. */
export function remove(state: SqsState, queue: Queue, entry: Entry, now: Time): void {
  queue.messages.delete(entry.sequence);
  count(queue, entry.state, -1);
  // most messages are deleted before their timeout ends, in the order in which it would end
  const { keys, numbers } = queue.clock;
  while (keys.length > 0 && queue.messages.get(numbers[0])?.until !== keys[0]) heapPop(queue.clock);
  if (!queue.isFifo) return tenantChanged(queue, entry, null, now);
  const group = groupOf(queue, entry);
  if (--group.count === 0) {
    queue.groups.delete(group.name);
    return;
  }
  advance(queue, group);
  const first = firstOf(queue, group);
  if (first.state === 'available' && first.sequence > entry.sequence) {
    heapPush(queue.ready, first.order, first.sequence);
    state.awake.add(queue.name);
  }
}

/** All of them are gone at once. */
export function empty(queue: Queue): void {
  queue.messages.clear();
  queue.available = queue.inFlight = queue.delayed = 0;
  queue.ranks.line = [];
  queue.ranks.head = 0;
  for (const heap of [queue.ranks.back, queue.ready, queue.clock]) heap.keys.length = heap.numbers.length = 0;
  queue.tenants.clear();
  queue.groups.clear();
  queue.originals.clear();
  queue.attempts.clear();
}

export function groupOf(queue: Queue, { sent }: Entry): Group {
  const group = queue.groups.get(sent.group ?? '');
  invariant(group, `${queue.address}: a message in it belongs to a group`);
  return group;
}

export function firstOf(queue: Queue, group: Group): Entry {
  const first = queue.messages.get(group.items[group.head]);
  invariant(first, `${queue.address}: a group begins with a message that is there`);
  return first;
}

/** A group may be served when its first message can be received. */
export function readyIfFirst(queue: Queue, entry: Entry): void {
  const group = groupOf(queue, entry);
  if (group.items[group.head] === entry.sequence) heapPush(queue.ready, entry.order, entry.sequence);
}

function intoGroup(queue: Queue, entry: Entry): void {
  const name = entry.sent.group ?? '';
  let group = queue.groups.get(name);
  if (group === undefined) queue.groups.set(name, (group = { name, items: [], head: 0, count: 0 }));
  group.items.push(entry.sequence);
  group.count++;
  if (entry.state === 'available') readyIfFirst(queue, entry);
}

/** Past the messages that are gone. */
function advance(queue: Queue, group: Group): void {
  while (queue.messages.get(group.items[group.head]) === undefined) group.head++;
}

function rank(queue: Queue, { sequence, sent }: Entry): void {
  const noisy = sent.group === null ? undefined : queue.tenants.get(sent.group)?.ranks;
  addRank(noisy ?? queue.ranks, sequence);
}

function count(queue: Queue, state: Entry['state'], by: number): void {
  if (state === 'available') queue.available += by;
  else if (state === 'in flight') queue.inFlight += by;
  else queue.delayed += by;
}
