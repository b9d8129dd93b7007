/** Whoever publishes the dead letters of a queue that must not lose them (rabbit_fifo_dlx_worker.erl): to queues it is a channel. */
import type { ChannelRef, QueueDefinition, QueuePort } from './queue-type';
import { typeOfQueue } from './queue-types';
import type { BrokerState } from './state';

const prefix = 'dead letters of ';

export function workerOf({ name }: QueueDefinition, node: number): ChannelRef {
  return { key: `${prefix}${name}`, node, connection: 0, channel: 0, process: '' };
}

export function isWorker({ connection, key }: ChannelRef): boolean {
  return connection === 0 && key.startsWith(prefix);
}

export function letterTaken(
  state: BrokerState,
  worker: ChannelRef,
  by: string,
  letter: number,
  port: QueuePort,
): void {
  const queue = state.held.get(worker.key.slice(prefix.length));
  if (queue) typeOfQueue(queue).letterTaken?.(queue, letter, by, port);
}
