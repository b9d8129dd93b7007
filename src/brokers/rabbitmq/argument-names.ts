/** Which arguments of queues there are. Alone in its file: a scenario is checked without loading the broker. */
import type { QueueKind } from './queue-type';

const common = ['x-queue-type'];
const limits = ['x-expires', 'x-message-ttl', 'x-dead-letter-exchange', 'x-dead-letter-routing-key', 'x-max-length', 'x-max-length-bytes']; // prettier-ignore

/** What each type of queue knows, in the order in which two declarations are compared. */
export const queueArguments: Record<QueueKind, readonly string[]> = {
  classic: [...limits, 'x-max-priority', 'x-overflow', 'x-queue-mode', 'x-queue-version', 'x-single-active-consumer', ...common, 'x-queue-master-locator', 'x-queue-leader-locator'], // prettier-ignore
  quorum: ['x-dead-letter-exchange', 'x-dead-letter-routing-key', 'x-dead-letter-strategy', 'x-expires', 'x-max-length', 'x-max-length-bytes', 'x-max-in-memory-length', 'x-max-in-memory-bytes', 'x-overflow', 'x-single-active-consumer', ...common, 'x-quorum-initial-group-size', 'x-delivery-limit', 'x-message-ttl', 'x-queue-leader-locator'], // prettier-ignore
  stream: ['x-max-length-bytes', ...common, 'x-max-age', 'x-stream-max-segment-size-bytes', 'x-initial-cluster-size', 'x-queue-leader-locator'], // prettier-ignore
};

/** Read by streams as they are written, and named by no type of queue. */
const ofStreamFiles = 'x-stream-filter-size-bytes';

/** RabbitMQ takes an argument that nothing knows, and obeys none: a misspelt one would be a rule that is not there. */
export function isQueueArgument(name: string): boolean {
  return name === ofStreamFiles || Object.values(queueArguments).some((names) => names.includes(name));
}
