/** basic.ack, nack, reject and recover: what becomes of deliveries, told to their queues in order. */
import { MessageAcknowledged, MessageRejected, MessageRequeued } from './facts';
import type { QueueDefinition, QueuePort, Settlement } from './queue-type';
import { resumeAt, settleAt } from './queues';
import { Refused } from './refusal';
import { byCodeUnits } from './route';
import type { BrokerState, Channel, Unacked } from './state';

type Tagged = readonly [tag: number, delivery: Unacked];

const facts = { ack: MessageAcknowledged, reject: MessageRejected, requeue: MessageRequeued };

/** From the client: one delivery, or all up to it; 0 with `multiple` is all. */
export function settle(
  state: BrokerState,
  channel: Channel,
  how: Settlement,
  tag: number,
  multiple: boolean,
  port: QueuePort,
): void {
  const { unacked, tx } = channel;
  const one = unacked.get(tag);
  if (one === undefined && !(multiple && tag === 0)) {
    throw new Refused('PRECONDITION_FAILED', `unknown delivery tag ${tag}`);
  }
  if (one !== undefined && !multiple) {
    unacked.delete(tag);
    if (tx === null) return takeOne(state, channel, how, tag, one, port);
    tx.settlements.push({ how, deliveries: [[tag, one]] });
    return;
  }
  const deliveries = collect(channel, tag);
  if (tx === null) return takeEffect(state, channel, how, deliveries, port);
  tx.settlements.push({ how, deliveries });
}

/** The hot path: `takeEffect` of one delivery. */
function takeOne(
  state: BrokerState,
  channel: Channel,
  how: Settlement,
  tag: number,
  delivery: Unacked,
  port: QueuePort,
): void {
  const queue = state.queues.get(delivery.queue);
  if (queue?.birth === delivery.birth) {
    noteEnd(channel, how, tag, delivery, queue, port);
    settleAt(state, delivery.queue, how, [delivery.id], channel.ref, delivery.tag, port);
  }
  if (channel.globalPrefetch > 0) giveRoom(state, channel, [[tag, delivery]], port);
}

/** All up to this one; 0: all. */
function collect({ unacked }: Channel, tag: number): readonly Tagged[] {
  const collected: Tagged[] = [];
  for (const [each, delivery] of unacked) {
    if (tag !== 0 && each > tag) break;
    collected.push([each, delivery]);
    unacked.delete(each);
  }
  return collected;
}

/** By queue and consumer, the oldest delivery first. What came from a queue that is gone is settled with nobody. */
export function takeEffect(
  state: BrokerState,
  channel: Channel,
  how: Settlement,
  deliveries: readonly Tagged[],
  port: QueuePort,
): void {
  const still = deliveries.filter(([, delivery]) => isThere(state, delivery));
  for (const [tag, delivery] of still) {
    noteEnd(channel, how, tag, delivery, state.queues.get(delivery.queue)!, port);
  }
  for (const { queue, tag, ids } of byConsumer(still)) {
    settleAt(state, queue, how, ids, channel.ref, tag, port);
  }
  giveRoom(state, channel, deliveries, port);
}

function isThere({ queues }: BrokerState, { queue, birth }: Unacked): boolean {
  return queues.get(queue)?.birth === birth;
}

function noteEnd(
  channel: Channel,
  how: Settlement,
  position: number,
  { message }: Unacked,
  { address }: QueueDefinition,
  { context }: QueuePort,
): void {
  context.note(facts[how], address, message, position, channel.ref.process);
}

interface OfConsumer {
  readonly queue: string;
  readonly tag: string;
  readonly ids: number[];
}

function byConsumer(deliveries: readonly Tagged[]): OfConsumer[] {
  const groups = new Map<string, OfConsumer>();
  for (const [, { queue, tag, id }] of deliveries) {
    const key = `${queue}\u0000${tag}`;
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { queue, tag, ids: [id] });
  }
  return [...groups.values()].sort((a, b) => byCodeUnits(a.queue, b.queue) || byCodeUnits(a.tag, b.tag));
}

/** The limit that the channel's consumers share has room again: queues that wait for that are told. */
function giveRoom(
  state: BrokerState,
  channel: Channel,
  deliveries: readonly Tagged[],
  port: QueuePort,
): void {
  // prettier-ignore
  if (channel.globalPrefetch === 0) return;
  for (const [, { tag }] of deliveries) if (tag !== '') channel.globalUsed--;
  if (channel.globalUsed >= channel.globalPrefetch) return;
  const { suspended } = channel;
  channel.suspended = [];
  for (const queue of suspended) resumeAt(state, queue, channel.ref, port);
}

/** All of it goes back, to be delivered again. */
export function recover(state: BrokerState, channel: Channel, port: QueuePort): void {
  const all = [...channel.unacked];
  channel.unacked.clear();
  if (all.length > 0) takeEffect(state, channel, 'requeue', all, port);
}
