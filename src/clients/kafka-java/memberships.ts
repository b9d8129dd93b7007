/** The ways of being in a group, by the protocol a consumer is set to (group.protocol). */
import { classicMembership } from './classic-membership';
import { consumerMembership } from './consumer-membership';
import type { ConsumerState } from './consumer-state';
import type { Membership } from './membership';

/** Of a consumer that subscribes. */
export function membershipOf({ config }: ConsumerState): Membership {
  return config.groupProtocol === 'consumer' ? consumerMembership : classicMembership;
}
