/** What a quorum queue's declaration says: its arguments, and what it refuses (rabbit_quorum_queue.erl, rabbit_queue_type_util.erl). */
import { ms } from '../../../kernel/time';
import { bare } from '../field-values';
import type { FieldTable } from '../protocol';
import type { QueueDefinition, QueueType, Version } from '../queue-type';
import { inQueue } from '../refusal';
import type { FifoConfig } from './fifo-state';

/** Of 4.0; earlier versions have none. */
const defaultDeliveryLimit = 20;

/** What replicated queues are never: auto-delete, exclusive, transient. */
export const refusesTransient: QueueType<never>['refuses'] = ({ name, durable, autoDelete, exclusive }) => {
  const property = autoDelete
    ? 'auto-delete'
    : exclusive
      ? 'exclusive-owner'
      : durable
        ? null
        : 'non-durable';
  if (property === null) return null;
  return { name: 'PRECONDITION_FAILED', text: `invalid property '${property}' for ${inQueue(name)}` };
};

export function fifoConfig({ arguments: given }: QueueDefinition, version: Version): FifoConfig {
  // reject-publish-dlx is not known here, and drop-head instead
  const overflow = bare(given['x-overflow']) === 'reject-publish' ? 'reject-publish' : 'drop-head';
  const limit = wholeNumber(given, 'x-delivery-limit') ?? (version === '3.10' ? null : defaultDeliveryLimit);
  const messageTtl = wholeNumber(given, 'x-message-ttl');
  const expires = wholeNumber(given, 'x-expires');
  return {
    version,
    maxLength: wholeNumber(given, 'x-max-length'),
    maxBytes: wholeNumber(given, 'x-max-length-bytes'),
    overflow,
    // 4.0 takes one below 0 for none, 3.10 for one that is reached at once
    deliveryLimit: limit !== null && limit < 0 && version !== '3.10' ? null : limit,
    messageTtl: messageTtl === null ? null : ms(messageTtl),
    expires: expires === null ? null : ms(expires),
    singleActiveConsumer: bare(given['x-single-active-consumer']) === true,
    deadLettering: deadLettering(given, overflow),
  };
}

function deadLettering(given: FieldTable, overflow: FifoConfig['overflow']): FifoConfig['deadLettering'] {
  if (given['x-dead-letter-exchange'] === undefined) return 'none';
  const losesNone =
    bare(given['x-dead-letter-strategy']) === 'at-least-once' && overflow === 'reject-publish';
  return losesNone ? 'at-least-once' : 'at-most-once';
}

export function wholeNumber(given: FieldTable, name: string): number | null {
  const value = bare(given[name]);
  return typeof value === 'number' ? value : null;
}
