/** What is always true of SQS between two commands. For the swarm and the tests; the product pays nothing for it. */
import { invariant } from '../../../kernel/invariant';
import type { Entry } from './message';
import type { Ranks } from './ranks';
import type { Queue, SqsState } from './state';

export function checkSqs(state: SqsState): void {
  invariant(state.awake.size === 0, 'nobody who waits is left unserved');
  for (const queue of state.queues.values()) {
    const entries = [...queue.messages.values()];
    checkCounts(queue, entries);
    checkTimes(queue, entries);
    if (queue.isFifo) checkGroups(queue, entries);
    else checkRanks(queue, entries);
    for (const { connection } of queue.waiters)
      invariant(
        state.waiting.get(connection) === queue.name,
        `${queue.address}: who waits is known by connection`,
      );
  }
  const waiters = [...state.queues.values()].reduce((sum, { waiters }) => sum + waiters.length, 0);
  invariant(waiters === state.waiting.size, 'who is known by connection waits');
}

function checkCounts(queue: Queue, entries: readonly Entry[]): void {
  const { address, messages, available, inFlight, delayed } = queue;
  const count = (state: Entry['state']) => entries.filter((entry) => entry.state === state).length;
  invariant(messages.size === entries.length, `${address}: messages are counted`);
  invariant(available === count('available'), `${address}: what can be received is counted`);
  invariant(inFlight === count('in flight'), `${address}: what is in flight is counted`);
  invariant(delayed === count('delayed'), `${address}: what is delayed is counted`);
  for (const { sequence, receives, state } of entries) {
    invariant(sequence < queue.next, `${address}: a message has a place that was given`);
    invariant(state !== 'in flight' || receives > 0, `${address}: what is in flight was received`);
  }
}

/** Whoever is hidden has a time at which it shows again, and a timer that is not later. */
function checkTimes(queue: Queue, entries: readonly Entry[]): void {
  const { address, clock, alarm, expiresAt, settings } = queue;
  const times = new Set(clock.keys.map((at, index) => `${at} ${clock.numbers[index]}`));
  for (const { state, until, sequence, enqueuedAt } of entries) {
    const isTimed = state === 'available' ? until === -1 : times.has(`${until} ${sequence}`);
    invariant(isTimed, `${address}: what is hidden shows again`);
    invariant(expiresAt <= enqueuedAt + settings.retention, `${address}: what is kept too long is noticed`);
    invariant(alarm !== null, `${address}: a queue with messages has a timer`);
    invariant(state === 'available' || alarm.at <= until, `${address}: the timer is for what is due first`);
  }
}

function checkGroups(queue: Queue, entries: readonly Entry[]): void {
  const { address, groups, ready, messages } = queue;
  let count = 0;
  for (const group of groups.values()) {
    const items = group.items.slice(group.head).filter((one) => messages.get(one) !== undefined);
    invariant(items.length === group.count && group.count > 0, `${address}: a group's messages are counted`);
    count += items.length;
    const first = messages.get(group.items[group.head]);
    invariant(first?.sequence === items[0], `${address}: a group begins with its first message`);
    invariant(items.every((one, at) => at === 0 || items[at - 1] < one), `${address}: a group is in order`); // prettier-ignore
    const isReady = ready.numbers.some((one, at) => one === first.sequence && ready.keys[at] === first.order);
    invariant(first.state !== 'available' || isReady, `${address}: a group that may be served is`);
  }
  invariant(count === entries.length, `${address}: every message is in its group`);
}

function checkRanks(queue: Queue, entries: readonly Entry[]): void {
  const { address, tenants } = queue;
  const all = [queue.ranks, ...[...tenants.values()].flatMap(({ ranks }) => ranks ?? [])].flatMap(numbersOf);
  const ranked = new Set(all);
  invariant(ranked.size === all.length, `${address}: a message stands in the ranks once`);
  for (const { sequence, state, isRanked } of entries) {
    invariant(isRanked === ranked.has(sequence), `${address}: who stands in the ranks knows it`);
    invariant(state !== 'available' || isRanked, `${address}: what can be received stands in the ranks`);
  }
  for (const tenant of tenants.values()) {
    const own = entries.filter(({ sent }) => sent.group === tenant.name);
    const inFlight = own.filter(({ state }) => state === 'in flight').length;
    invariant(tenant.inFlight === inFlight, `${address}: what a tenant has in flight is counted`);
    invariant(tenant.backlog === own.length - inFlight, `${address}: a tenant's backlog is counted`);
  }
}

function numbersOf({ line, head, back }: Ranks): readonly number[] {
  return [...line.slice(head), ...back.keys];
}
