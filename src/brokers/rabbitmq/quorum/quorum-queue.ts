/**
 * The quorum queue: durable, replicated, all of it data of a log (rabbit_quorum_queue.erl). Alone it applies what it is told
 * at once and keeps everything over a crash; among several nodes see cluster/. Not modelled: the write-ahead log and its
 * disk, membership that changes, policies, x-cancel and consumer timeouts of 4.3.
 */
import { invariant } from '../../../kernel/invariant';
import { MessageLost } from '../facts';
import type { ChannelRef, QueuePort, QueueType } from '../queue-type';
import { Alone } from './alone';
import { refusesTransient } from './arguments';
import { restartRaft } from '../cluster/raft-state';
import { allChannels } from './channels';
import { call, publish, settle, type Submit } from './client';
import { letterSent, letterTaken, sendLettersAgain } from './letters';
import { describeQuorum } from './describe';
import type { BetweenQuorumNodes } from './messages';
import { checkedOutCount, consumerCount, readyCount, type FifoState } from './fifo-state';
import { isOverLimit } from './limits';
import { cloneQuorumQueue, newQuorumQueue, type QuorumState } from './queue-state';
import { Replicated } from './replicated';
import { runTick, startWorker } from './run';

export const quorumQueue: QueueType<QuorumState> = {
  kind: 'quorum',
  refuses: refusesTransient,
  create: newQuorumQueue,
  start,
  enqueue(queue, publication, from, seq, port) {
    if (!isReplicated(port))
      return publish(queue, publication, from, seq, port, new Alone(queue, port).submit);
    withSubmit(queue, port, (submit) => publish(queue, publication, from, seq, port, submit));
  },
  call(queue, asked, from, port) {
    if (asked.type === 'Stat' && isReplicated(port)) return new Replicated(queue, port).stat(from);
    withSubmit(queue, port, (submit) => call(queue, asked, from, port, submit));
  },
  settle(queue, how, ids, from, tag, port) {
    withSubmit(queue, port, (submit) => settle(queue, how, ids, from, tag, submit));
  },
  resume() {},
  channelDown(queue, channel, port) {
    queue.clients.delete(channel.key);
    if (!isReplicated(port)) return new Alone(queue, port).apply({ type: 'ChannelDown', channel });
    const replicated = new Replicated(queue, port);
    replicated.toLeader({ type: 'ChannelDown', channel }, null);
    replicated.finish();
  },
  // only consumers and gets count for x-expires
  touch() {},
  drop(queue, port) {
    if (!isReplicated(port) || queue.leader === port.node) lose(queue, port);
    for (const { channel, tag } of allConsumers(queue.fifo))
      if (channel.node === port.node) port.cancelled(channel, queue.definition.name, tag);
  },
  remind(queue, { what }, port) {
    if (what === 'letters') return sendLettersAgain(queue, port);
    if (what === 'tick')
      return isReplicated(port) && queue.raft?.role !== 'leader' ? undefined : runTick(queue, port);
    if (isReplicated(port)) return new Replicated(queue, port).remind(what);
    queue.expiry = null;
    new Alone(queue, port).apply({ type: 'Expire' });
  },
  restart(queue) {
    queue.clients.clear();
    queue.expiry = null;
    queue.flush = null;
    queue.letters.clear();
    queue.letterTimer = null;
    queue.leader = null;
    queue.left = null;
    queue.returned = null;
    if (queue.raft) restartRaft(queue.raft);
    return queue;
  },
  clone: cloneQuorumQueue,
  counts: ({ fifo }) => ({
    ready: readyCount(fifo),
    unacked: checkedOutCount(fifo),
    consumers: consumerCount(fifo),
  }),
  check,
  letterSent,
  letterTaken(queue, letter, by, port) {
    if (!letterTaken(queue, letter, by)) return;
    const command = { type: 'SettleDeadLetters', ids: [letter] } as const;
    if (!isReplicated(port)) return new Alone(queue, port).apply(command);
    const replicated = new Replicated(queue, port);
    replicated.toLeader(command, null);
    replicated.finish();
  },
  hear(queue, from, message, port) {
    new Replicated(queue, port).hear(from, message as BetweenQuorumNodes);
  },
  nodeChanged(queue, node, what, port) {
    new Replicated(queue, port).nodeChanged(node, what);
  },
  remembers: ({ clients }, { key }) => clients.has(key),
  holds({ fifo }, channel) {
    let count = 0;
    for (const consumer of fifo.consumers.values())
      if (consumer.channel.key === channel.key) count += consumer.checkedOut.size;
    return count;
  },
  describe: describeQuorum,
  replication: ({ raft, members, leader }) => raft && { members, leader, term: raft.term },
};

/** At first, and after a crash, which took all channels with it: they are found to be gone. */
function start(queue: QuorumState, port: QueuePort): void {
  const { fifo } = queue;
  if (fifo.index === 0) fifo.lastActive = port.context.now;
  if (isReplicated(port)) return new Replicated(queue, port).start();
  const alone = new Alone(queue, port);
  for (const channel of allChannels(fifo)) alone.apply({ type: 'ChannelDown', channel });
  startWorker(queue, (command) => alone.apply(command), port);
  alone.apply({ type: 'Expire' });
}

function isReplicated({ nodes }: QueuePort): boolean {
  return nodes.length > 1;
}

/** Does something with what hands commands in. */
function withSubmit(queue: QuorumState, port: QueuePort, act: (submit: Submit) => void): void {
  if (!isReplicated(port)) return act(new Alone(queue, port).submit);
  const replicated = new Replicated(queue, port);
  act(replicated.submit);
  replicated.finish();
}

function lose({ fifo, definition }: QuorumState, { context }: QueuePort): void {
  const { returns, messages } = fifo;
  for (const log of [returns, messages.high, messages.normal])
    for (const { publication: { message }, index } of log)
      context.emit({ is: MessageLost, subject: definition.address, message, position: index, detail: 'deleted' }); // prettier-ignore
}

function allConsumers({
  consumers,
  waiting,
}: FifoState): { readonly channel: ChannelRef; readonly tag: string }[] {
  // prettier-ignore
  return [...consumers.values(), ...waiting].filter((consumer) => !consumer.once);
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
