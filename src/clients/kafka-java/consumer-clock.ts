/** One timer for everything a consumer does by the clock: set for what is due first. */
import type { Context } from '../../kernel/machine';
import { metadataDues } from './consumer-metadata';
import { positionDues } from './consumer-positions';
import type { LookAtClocks } from './consumer-calls';
import type { ConsumerState } from './consumer-state';
import { membershipOf } from './memberships';
import { wireDues } from './wire';

const look: LookAtClocks = { type: 'LookAtClocks' };

/** A timer that is too early goes off for nothing, which costs less than to move it. */
export function setAlarm(state: ConsumerState, context: Context): void {
  const { now } = context;
  const { alarm } = state;
  const at = dueAt(state, now);
  if (at === Infinity || (alarm !== null && alarm.at <= at)) return;
  if (alarm !== null) context.cancel(alarm.timer);
  state.alarm = { timer: context.after(at - now, look), at };
}

/** What is due already was just tried, and waits for something to come. */
function dueAt(state: ConsumerState, now: number): number {
  const { asking, member, config, nextAutoCommit, coordinator } = state;
  const membership = member === null ? null : membershipOf(state);
  const times = [...(membership?.dues(state) ?? [])];
  if (asking !== null || membership?.isReading(state))
    times.push(...wireDues(state.wire), coordinator.notBefore);
  if (asking !== null) {
    times.push(asking.until, asking.retryAt, ...metadataDues(state), ...positionDues(state));
    if (config.autoCommit && asking.call.is === 'poll') times.push(nextAutoCommit);
  }
  if (state.handing !== null) times.push(state.handing.restUntil);
  let due = Infinity;
  for (const time of times) if (time > now && time < due) due = time;
  return due;
}
