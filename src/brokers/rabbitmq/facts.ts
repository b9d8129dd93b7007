/**
 * What RabbitMQ writes into history. Subject is the exchange or the queue it happened at; `group` the consumer's process.
 * Confirms and what is heard of them are the client's facts.
 */
import { factType } from '../../kernel/fact';

/** amount: to how many queues. */
export const MessageRouted = factType('routed', 'MessageRouted');
/** No binding matched: it is gone, unless it was mandatory. */
export const MessageUnroutable = factType('unroutable', 'MessageUnroutable');
/** It was mandatory: the publisher gets it back. */
export const MessageReturned = factType('returned', 'MessageReturned');
/** A queue has it. position: its place in the order of arrival. */
export const MessageEnqueued = factType('accepted', 'MessageEnqueued');
/** The queue is full, and refuses it. */
export const MessageRefused = factType('refused', 'PublishRejected');

/** position: delivery tag. */
export const MessageDelivered = factType('delivered', 'MessageDelivered');
/** It had been delivered before, and not settled. position: delivery tag. */
export const MessageRedelivered = factType('redelivered', 'MessageRedelivered');
/** position: delivery tag. */
export const MessageAcknowledged = factType('settled', 'MessageAcknowledged');
/** Not to be delivered again. position: delivery tag. */
export const MessageRejected = factType('rejected', 'MessageRejected');
/** It goes back to the queue. position: delivery tag. */
export const MessageRequeued = factType('rejected', 'MessageRequeued');

/** position: its place in the order of arrival. */
export const MessageExpired = factType('expired', 'MessageExpired');
/** The queue was too long. position: its place in the order of arrival. */
export const MessageEvicted = factType('evicted', 'MessageDroppedFromHead');
/** Subject: the queue it dies in. amount: to how many queues it goes; detail: the reason. */
export const MessageDeadLettered = factType('deadLettered', 'MessageDeadLettered');
/** It was in a queue that was purged or deleted, or that a crash has emptied. detail: which. */
export const MessageLost = factType('lost', 'MessageLost');
