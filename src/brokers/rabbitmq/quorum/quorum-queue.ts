/**
 * The quorum queue: durable, replicated, all of it data of a log (rabbit_quorum_queue.erl). Alone it applies what it is told
 * at once and keeps everything over a crash; among several nodes see cluster/. Not modelled: the write-ahead log and its
 * disk, membership that changes, policies, x-cancel and consumer timeouts of 4.3.
 */
import { invariant } from '../../../kernel/invariant';
import { ms } from '../../../kernel/time';
import type { ChannelRef, QueuePort, QueueType } from '../queue-type';
import { Alone } from './alone';
import { refusesTransient } from './arguments';
import { call, publish, settle } from './client';
import { checkedOutCount, consumerCount, readyCount, type FifoState } from './fifo-state';
import { isOverLimit } from './limits';
import { cloneQuorumQueue, newQuorumQueue, type QuorumState } from './queue-state';
import { remind } from './run';

/** quorum_tick_interval: how often it looks whether it is used. */
const tick = ms(5000);
/** dead_letter_worker_consumer_prefetch. */
const deadLettersAtOnce = 32;

export const quorumQueue: QueueType<QuorumState> = {
  kind: 'quorum',
  refuses: refusesTransient,
  create: (definition, { version }) => newQuorumQueue(definition, version, 0),
  start,
  enqueue(queue, publication, from, seq, port) {
    publish(queue, publication, from, seq, port, new Alone(queue, port).submit);
  },
  call(queue, asked, from, port) {
    call(queue, asked, from, port, new Alone(queue, port).submit);
  },
  settle(queue, how, ids, from, tag, port) {
    settle(queue, how, ids, from, tag, new Alone(queue, port).submit);
  },
  resume() {},
  channelDown(queue, channel, port) {
    queue.clients.delete(channel.key);
    new Alone(queue, port).apply({ type: 'ChannelDown', channel });
  },
  // only consumers and gets count for x-expires
  touch() {},
  drop(queue, port) {
    for (const { channel, tag } of allConsumers(queue.fifo))
      port.cancelled(channel, queue.definition.name, tag);
  },
  remind(queue, { what }, port) {
    if (what === 'tick') return runTick(queue, port);
    queue.expiry = null;
    new Alone(queue, port).apply({ type: 'Expire' });
  },
  restart(queue) {
    queue.clients.clear();
    queue.expiry = null;
    return queue;
  },
  clone: cloneQuorumQueue,
  counts: ({ fifo }) => ({
    ready: readyCount(fifo),
    unacked: checkedOutCount(fifo),
    consumers: consumerCount(fifo),
  }),
  check,
  remembers: ({ clients }, { key }) => clients.has(key),
  holds({ fifo }, channel) {
    let count = 0;
    for (const consumer of fifo.consumers.values())
      if (consumer.channel.key === channel.key) count += consumer.checkedOut.size;
    return count;
  },
};

/** At first, and after a crash, which took all channels with it: they are found to be gone. */
function start(queue: QuorumState, port: QueuePort): void {
  const { fifo } = queue;
  if (fifo.index === 0) fifo.lastActive = port.context.now;
  const alone = new Alone(queue, port);
  for (const channel of allChannels(fifo)) alone.apply({ type: 'ChannelDown', channel });
  if (fifo.config.deadLettering === 'at-least-once') {
    alone.apply({ type: 'CheckoutDeadLetters', prefetch: deadLettersAtOnce });
  }
  if (fifo.config.expires !== null) remind(queue, 'tick', tick, port);
  alone.apply({ type: 'Expire' });
}

function runTick(queue: QuorumState, port: QueuePort): void {
  const { expires } = queue.fifo.config;
  const { lastActive, consumers } = queue.fifo;
  const unused = [...consumers.values()].every(({ status }) => status === 'suspected');
  if (expires !== null && unused && port.context.now > lastActive + expires) {
    return port.vanish(queue.definition, 'expired');
  }
  remind(queue, 'tick', tick, port);
}

function allConsumers({
  consumers,
  waiting,
}: FifoState): { readonly channel: ChannelRef; readonly tag: string }[] {
  // prettier-ignore
  return [...consumers.values(), ...waiting].filter((consumer) => !consumer.once);
}

function allChannels({ enqueuers, consumers, waiting }: FifoState): ChannelRef[] {
  const channels = new Map<string, ChannelRef>();
  for (const { channel } of [...enqueuers.values(), ...consumers.values(), ...waiting])
    channels.set(channel.key, channel);
  return [...channels.values()];
}

function check({ fifo, definition: { address } }: QuorumState): void {
  const { messages, returns, consumers, config } = fifo;
  const seen = new Set<number>();
  let bytes = 0;
  for (const log of [returns, messages.high, messages.normal]) {
    for (const { index, publication } of log) {
      invariant(!seen.has(index), `message ${index} is in one place of ${address}`);
      seen.add(index);
      bytes += publication.sizeBytes;
    }
  }
  invariant(bytes === fifo.readyBytes, `${address} knows its length`);
  for (const { checkedOut, credit, prefetch } of consumers.values()) {
    for (const { index } of checkedOut.values()) {
      invariant(!seen.has(index), `message ${index} is in one place of ${address}`);
      seen.add(index);
    }
    const fits = config.version === '3.10' || credit + checkedOut.size <= prefetch;
    invariant(fits, `no consumer of ${address} has more than its prefetch`);
  }
  const within = config.overflow !== 'drop-head' || !isOverLimit(fifo);
  invariant(within, `${address} is not longer than its limit`);
}
