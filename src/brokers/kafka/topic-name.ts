/** Topic.java LEGAL_CHARS and MAX_NAME_LENGTH. */
const legalName = /^[a-zA-Z0-9._-]{1,249}$/;

export function isLegalTopicName(name: string): boolean {
  return legalName.test(name) && name !== '.' && name !== '..';
}

/** Where group coordinators and transaction coordinators keep what they know. */
export const offsetsTopic = '__consumer_offsets';
export const transactionsTopic = '__transaction_state';

const internal: readonly string[] = [offsetsTopic, transactionsTopic, '__share_group_state'];

/** Topics that brokers keep for themselves: no client writes there (Topic.java isInternal, ReplicaManager.scala appendRecordsToLocal). */
export function isInternal(topic: string): boolean {
  return internal.includes(topic);
}
