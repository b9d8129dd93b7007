/** Topic.java LEGAL_CHARS and MAX_NAME_LENGTH. */
const legalName = /^[a-zA-Z0-9._-]{1,249}$/;

export function isLegalTopicName(name: string): boolean {
  return legalName.test(name) && name !== '.' && name !== '..';
}

/** Topics that brokers keep for themselves: no client writes there (Topic.java isInternal, ReplicaManager.scala appendRecordsToLocal). */
export function isInternal(topic: string): boolean {
  return topic === '__consumer_offsets' || topic === '__transaction_state' || topic === '__share_group_state';
}
