/**
 * The classic queue: one copy, on the node where it was declared. Persistent messages of a durable one survive a crash once
 * they are written; settlements are on disk at once, where the real one writes them behind. Lazy mode, which 3.12 made
 * the only one, and what is in memory and what on disk are not modelled.
 */
import { invariant } from '../../../kernel/invariant';
import { isSame, type Publication, type QueueType } from '../queue-type';
import { call, lose } from './calls';
import { consumerCount } from './consumers';
import { describeClassic } from './describe';
import { enqueue, isPersistent, written } from './enqueue';
import { dropExpired, headDue, idleDue, watchIdle } from './expiry';
import { eachReady, giveBack, type Entry } from './ready';
import { channelDown, resume, settle } from './settle';
import { cloneClassic, newClassic, type ClassicState } from './state';

export const classicQueue: QueueType<ClassicState> = {
  kind: 'classic',
  refuses: () => null,
  create: newClassic,
  start(queue, port) {
    dropExpired(queue, port);
    watchIdle(queue, port);
  },
  enqueue,
  call,
  settle,
  resume,
  channelDown,
  touch: watchIdle,
  drop(queue, port) {
    lose(queue, 'deleted', port);
    const { ring, blocked } = queue.consumers;
    for (const { spec } of [...ring, ...blocked]) {
      port.cancelled(spec.channel, queue.definition.name, spec.tag);
    }
  },
  remind(queue, { what }, port) {
    if (what === 'written') written(queue, port);
    else if (what === 'head') headDue(queue, port);
    else idleDue(queue, port);
  },
  shutDown(queue) {
    queue.writtenTo = queue.nextId;
    queue.orderly = true;
  },
  restart,
  clone: cloneClassic,
  counts: ({ ready, unacked, consumers }) => ({
    ready: ready.count,
    unacked: unacked.size,
    consumers: consumerCount(consumers),
  }),
  check,
  channels({ consumers: { ring, blocked }, unacked }) {
    const consuming = [...ring, ...blocked].map(({ spec }) => spec.channel);
    return [...consuming, ...[...unacked.values()].map(({ channel }) => channel)];
  },
  describe: describeClassic,
  holds(queue, channel) {
    let count = 0;
    for (const held of queue.unacked.values()) if (isSame(held.channel, channel)) count++;
    return count;
  },
};

/**
 * Of a durable queue its persistent messages, as far as they were written. After a crash it is not known which of them had
 * been given out, and they all say so; else those that were.
 */
function restart(queue: ClassicState, lose: (publication: Publication, position: number) => void) {
  const kept: Entry[] = [];
  const keep = (entry: Entry, given: boolean): void => {
    const { id, publication } = entry;
    if (id >= queue.writtenTo || !isPersistent(queue, publication)) lose(publication, id);
    else kept.push({ ...entry, redelivered: given || entry.redelivered || !queue.orderly });
  };
  for (const entry of eachReady(queue.ready)) keep(entry, false);
  for (const { entry } of queue.unacked.values()) keep(entry, true);
  if (!queue.definition.durable) return null;
  const fresh = newClassic(queue.definition);
  giveBack(fresh.ready, kept);
  return { ...fresh, nextId: queue.nextId, writtenTo: queue.nextId };
}

function check(queue: ClassicState): void {
  const { ready, unacked, limits, consumers, definition } = queue;
  const seen = new Set<number>();
  let count = 0;
  let sizeBytes = 0;
  for (const { id, publication } of eachReady(ready)) {
    invariant(!seen.has(id) && !unacked.has(id), `message ${id} is in one place of ${definition.address}`);
    seen.add(id);
    count++;
    sizeBytes += publication.sizeBytes;
  }
  invariant(count === ready.count && sizeBytes === ready.sizeBytes, `${definition.address} knows its length`);
  for (const level of ready.levels) {
    const next = level.arrived.at(level.arrived.start);
    const last = level.returned[0];
    invariant(
      !next || !last || last.id < next.id,
      `${definition.address}: what came back had gone out first`,
    );
  }
  if (limits.overflow === 'drop-head') {
    const fits = count <= limits.length && sizeBytes <= limits.lengthBytes;
    invariant(fits, `${definition.address} is not longer than its limit`);
  }
  const idle = limits.singleActive || count === 0 || consumers.ring.length === 0;
  invariant(idle, `${definition.address} does not keep messages from consumers that may have them`);
}
