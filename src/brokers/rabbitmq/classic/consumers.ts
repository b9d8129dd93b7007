/**
 * Who consumes from a classic queue, and whose turn it is (rabbit_queue_consumers.erl): higher priorities first, and
 * among equals round. Who may have no more leaves the round, and comes back at its end. Not modelled: the limit of
 * messages that are sent to a channel and not yet written to its socket.
 */
import { bare } from '../field-values';
import { isSame, type ChannelRef, type ConsumerSpec, type QueueDefinition, type QueuePort } from '../queue-type'; // prettier-ignore

export interface QueueConsumer {
  readonly spec: ConsumerSpec;
  readonly priority: number;
  /** Deliveries that count towards its prefetch. */
  used: number;
}

export interface Consumers {
  /** Those that may be given something, whose turn it is first. */
  ring: QueueConsumer[];
  /** Those that may not, in the order in which that was found out. */
  blocked: QueueConsumer[];
  /** The exclusive one, or of a queue with a single active consumer that one. */
  holder: QueueConsumer | null;
  hadAny: boolean;
}

export function newConsumers(): Consumers {
  return { ring: [], blocked: [], holder: null, hadAny: false };
}

export function consumerCount(consumers: Consumers): number {
  return consumers.ring.length + consumers.blocked.length;
}

export function addConsumer(consumers: Consumers, spec: ConsumerSpec): QueueConsumer {
  const priority = bare(spec.arguments['x-priority']);
  const consumer = { spec, priority: typeof priority === 'number' ? priority : 0, used: 0 };
  joinRing(consumers, consumer);
  consumers.hadAny = true;
  return consumer;
}

/** Behind those of its own priority. */
function joinRing({ ring }: Consumers, consumer: QueueConsumer): void {
  let at = ring.length;
  while (at > 0 && ring[at - 1].priority < consumer.priority) at--;
  if (at === ring.length) ring.push(consumer);
  else ring.splice(at, 0, consumer);
}

export function findConsumer(
  consumers: Consumers,
  channel: ChannelRef,
  tag: string,
): QueueConsumer | undefined {
  return among(consumers.ring, channel, tag) ?? among(consumers.blocked, channel, tag);
}

function among(all: readonly QueueConsumer[], channel: ChannelRef, tag: string): QueueConsumer | undefined {
  for (let at = 0; at < all.length; at++) {
    const { spec } = all[at];
    if (spec.tag === tag && isSame(spec.channel, channel)) return all[at];
  }
  return undefined;
}

/** Takes away those it holds of; says whether there were any. */
export function removeConsumers(consumers: Consumers, goes: (consumer: QueueConsumer) => boolean): boolean {
  const before = consumerCount(consumers);
  consumers.ring = consumers.ring.filter((consumer) => !goes(consumer));
  consumers.blocked = consumers.blocked.filter((consumer) => !goes(consumer));
  if (consumers.holder && goes(consumers.holder)) consumers.holder = null;
  return consumerCount(consumers) < before;
}

/** Who gets the next message; whoever cannot have one more is found out here. */
export function nextConsumer(
  consumers: Consumers,
  definition: QueueDefinition,
  singleActive: boolean,
  port: QueuePort,
): QueueConsumer | null {
  if (singleActive) return activeConsumer(consumers, definition, port);
  const { ring, blocked } = consumers;
  for (;;) {
    const consumer = ring[0] as QueueConsumer | undefined;
    if (consumer === undefined) return null;
    const may = mayHave(consumer, definition, port);
    // the only one stays where it is
    if (may && ring.length === 1) return consumer;
    ring.shift();
    if (may) {
      joinRing(consumers, consumer);
      return consumer;
    }
    blocked.push(consumer);
  }
}

function activeConsumer(
  consumers: Consumers,
  definition: QueueDefinition,
  port: QueuePort,
): QueueConsumer | null {
  // prettier-ignore
  const { holder } = consumers;
  if (holder === null || consumers.blocked.includes(holder)) return null;
  if (mayHave(holder, definition, port)) return holder;
  consumers.ring = consumers.ring.filter((consumer) => consumer !== holder);
  consumers.blocked.push(holder);
  return null;
}

function mayHave(consumer: QueueConsumer, definition: QueueDefinition, port: QueuePort): boolean {
  return !isFull(consumer) && port.mayDeliver(consumer.spec.channel, definition.name, !consumer.spec.noAck);
}

export function isFull({ spec, used }: QueueConsumer): boolean {
  return spec.prefetch > 0 && !spec.noAck && used >= spec.prefetch;
}

/** Consumers of the channel that may have more come back into the round; says whether there are any. */
export function unblock(consumers: Consumers, channel: ChannelRef): boolean {
  if (consumers.blocked.length === 0) return false;
  const still: QueueConsumer[] = [];
  const before = consumers.blocked;
  for (const consumer of before) {
    if (!isSame(consumer.spec.channel, channel) || isFull(consumer)) still.push(consumer);
    else joinRing(consumers, consumer);
  }
  consumers.blocked = still;
  return still.length < before.length;
}

/** Its deliveries are settled; says whether it had been full, and is not any more. */
export function takeCredit(consumer: QueueConsumer, count: number): boolean {
  const wasFull = isFull(consumer);
  consumer.used -= count;
  return wasFull && !isFull(consumer);
}

export function cloneConsumers(consumers: Consumers): Consumers {
  const copies = new Map<QueueConsumer, QueueConsumer>();
  const copy = (consumer: QueueConsumer): QueueConsumer => {
    let made = copies.get(consumer);
    if (made === undefined) copies.set(consumer, (made = { ...consumer }));
    return made;
  };
  return {
    ring: consumers.ring.map(copy),
    blocked: consumers.blocked.map(copy),
    holder: consumers.holder && copy(consumers.holder),
    hadAny: consumers.hadAny,
  };
}
