/** What holds for a share group at the moment: its settings, else the broker's. */
import { ms } from '../../../kernel/time';
import { groupSetting, groupWord } from '../consumer-group/group-config';
import type { BrokerState } from '../state';
import type { Rules } from './acknowledge';

export function rulesOf(state: BrokerState, groupId: string, now: number): Rules {
  return {
    deliveriesMax: deliveriesMax(state, groupId),
    mayRenew: groupWord(state, groupId, 'share.renew.acknowledge.enable') === 'true',
    until: now + ms(lockMs(state, groupId)),
  };
}

export function deliveriesMax(state: BrokerState, groupId: string): number {
  return groupSetting(state, groupId, 'share.delivery.count.limit');
}

export function inFlightMax(state: BrokerState, groupId: string): number {
  return groupSetting(state, groupId, 'share.partition.max.record.locks');
}

/** Milliseconds. */
export function lockMs(state: BrokerState, groupId: string): number {
  return groupSetting(state, groupId, 'share.record.lock.duration.ms');
}
