/**
 * Committed offsets do not live for ever: offsets.retention.minutes after a group became empty they are forgotten, and
 * the group with them; looked at every offsets.retention.check.interval.ms (OffsetMetadataManager.java
 * cleanupExpiredOffsets, ClassicGroup.java offsetExpirationCondition). Here the check runs only when it could find
 * something.
 */
import { noCause } from '../../kernel/fact';
import type { Context, Tagged } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import type { ModernGroup } from './consumer-group/modern-group';
import { OffsetExpired } from './facts';
import { topicsOf, type CommittedOffset, type Group } from './group';
import { nextTick, setAlarm } from './retention';
import type { BrokerState } from './state';

/** The broker's own reminder that offsets may have to be forgotten. */
export interface CheckOffsets extends Tagged {
  readonly type: 'CheckOffsets';
}

const checkOffsets: CheckOffsets = { type: 'CheckOffsets' };

/** Goes through all groups, as the periodic task does, then sets the alarm for the next check that matters. */
export function expireOffsets(state: BrokerState, context: Context): void {
  state.offsetExpiryAlarm = null;
  for (const group of state.groups.values()) {
    for (const [address, committed] of group.offsets) {
      if (expiryOf(state, group, committed) > context.now) continue;
      group.offsets.delete(address);
      context.emit({
        is: OffsetExpired,
        subject: address,
        position: committed.offset,
        group: group.groupId,
        cause: noCause,
      });
    }
    if (isForgettable(group)) state.groups.delete(group.groupId);
  }
  armOffsetExpiry(state, context);
}

/** Sets the alarm anew, after a start or a check. */
export function armOffsetExpiry(state: BrokerState, context: Context): void {
  for (const group of state.groups.values()) watchOffsets(state, group, context);
}

/** Makes sure that a check runs when this group may have something to forget. Call it when that may have changed. */
export function watchOffsets(state: BrokerState, group: Group, context: Context): void {
  let due = isForgettable(group) ? context.now : Infinity;
  for (const committed of group.offsets.values()) due = Math.min(due, expiryOf(state, group, committed));
  if (due === Infinity) return;
  const { startedAt, config, offsetExpiryAlarm } = state;
  const interval = config.offsetsCheckInterval;
  const at = nextTick(startedAt + interval, interval, Math.max(due, context.now + 1));
  if (offsetExpiryAlarm !== null && offsetExpiryAlarm.at <= at) return;
  state.offsetExpiryAlarm = setAlarm(offsetExpiryAlarm, at, checkOffsets, context);
}

/**
 * When an offset may be forgotten: counted from the moment the group became empty; without any members ever, from the
 * commit; in a stable group only for topics nobody subscribes to any more. Infinity: not as things are.
 */
function expiryOf({ config }: BrokerState, group: Group, committed: CommittedOffset): Time {
  const { offsetsRetention } = config;
  if (group.modern)
    return isRead(group.modern, committed) ? Infinity : committed.committedAt + offsetsRetention;
  if (group.protocolType === null) return committed.committedAt + offsetsRetention;
  if (group.state === 'Empty') return group.stateSince + offsetsRetention;
  if (group.state !== 'Stable' || isSubscribed(group, committed.topic)) return Infinity;
  return committed.committedAt + offsetsRetention;
}

/** Nothing committed and nobody there (maybeDeleteGroup). */
function isForgettable({ modern, offsets, state }: Group): boolean {
  return offsets.size === 0 && state === 'Empty' && (modern === undefined || modern.members.size === 0);
}

/** Of a group whose assignments the broker makes the commit's own age counts, and whether somebody reads the topic (ConsumerGroup.java). */
function isRead({ members }: ModernGroup, { topic }: CommittedOffset): boolean {
  return [...members.values()].some(({ subscribed }) => subscribed.includes(topic));
}

function isSubscribed(group: Group, topic: string): boolean {
  for (const member of group.members.values()) {
    if (topicsOf(member, group.protocol).includes(topic)) return true;
  }
  return false;
}
