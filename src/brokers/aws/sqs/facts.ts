/**
 * What SQS writes into history. `subject` is the queue ("sqs/orders"), `position` the message's place in the order of
 * arrival, `group` the queue's name: whoever receives from it does so on behalf of all its consumers. Polls that find
 * nothing are not in it.
 */
import { factType } from '../../../kernel/fact';

/** It is stored. amount: its delay in milliseconds; detail: its message group. */
export const MessageAccepted = factType('accepted', 'MessageAccepted');
/** Its delay begins. amount: milliseconds. */
export const MessageDelayed = factType('delayed', 'MessageDelayed');
/** detail: the error code. */
export const MessageRefused = factType('refused', 'MessageRefused');
/** A FIFO queue had it already. position: of the one it has; detail: the deduplication id. */
export const MessageDeduplicated = factType('skipped', 'MessageDeduplicated');

/** amount: ApproximateReceiveCount, 1; detail: the process that has received it. */
export const MessageReceived = factType('delivered', 'MessageReceived');
/** amount: ApproximateReceiveCount; detail: the process that has received it, or "attempt id" where a receive was only repeated. */
export const MessageReceivedAgain = factType('redelivered', 'MessageReceivedAgain');
/** amount: the timeout in milliseconds. */
export const VisibilityTimeoutStarted = factType('hidden', 'VisibilityTimeoutStarted');
/** ChangeMessageVisibility. amount: the new timeout in milliseconds. */
export const VisibilityTimeoutChanged = factType('hidden', 'VisibilityTimeoutChanged');
/** It can be received again. amount: how often it was; detail: "timeout" or "changed". */
export const VisibilityTimeoutEnded = factType('returned', 'VisibilityTimeoutEnded');
/** A delay is over. */
export const DelayEnded = factType('returned', 'DelayEnded');

/** amount: how often it was received. */
export const MessageDeleted = factType('settled', 'MessageDeleted');
/** The call succeeded and did nothing: the message was received again since. amount: receives. */
export const DeleteIgnored = factType('skipped', 'DeleteIgnored');
/** detail: the error code. */
export const DeleteRefused = factType('refused', 'DeleteRefused');
/** detail: the error code. */
export const VisibilityChangeRefused = factType('refused', 'VisibilityChangeRefused');
/** It was deleted, and a host that did not hear of it has it still. */
export const CopySurvived = factType('duplicated', 'CopySurvived');

/** Moved to the dead-letter queue. amount: how often it was received; detail: the other queue. */
export const MessageDeadLettered = factType('deadLettered', 'MessageDeadLettered');
/** A move task moved it. position: in the queue it left; detail: the other queue. */
export const MessageRedriven = factType('redriven', 'MessageRedriven');
/** Its retention period is over. amount: how often it was received. */
export const MessageExpired = factType('expired', 'MessageExpired');
/** PurgeQueue, or the queue was deleted. */
export const MessagePurged = factType('expired', 'MessagePurged');
/** Too many messages are in flight, or too many calls came. detail: the error code. */
export const ReceiveRefused = factType('refused', 'ReceiveRefused');

/** At run time. */
export const QueueCreated = factType('changed', 'QueueCreated');
/** amount: messages that were in it. */
export const QueueDeleted = factType('changed', 'QueueDeleted');
/** detail: what is set now. */
export const QueueAttributesSet = factType('changed', 'QueueAttributesSet');
/** detail: where to; amount: messages to move. */
export const MoveTaskStarted = factType('changed', 'MoveTaskStarted');
/** detail: how it ended; amount: messages moved. */
export const MoveTaskEnded = factType('changed', 'MoveTaskEnded');
