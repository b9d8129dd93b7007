/**
 * What everybody in the group is to have: made anew when the group has changed, at most once in an assignment interval
 * (maybeUpdateTargetAssignment, TargetAssignmentBuilder.java).
 */
import type { Context } from '../../../kernel/machine';
import { ms } from '../../../kernel/time';
import type { Group } from '../group';
import type { BrokerState } from '../state';
import { groupSetting } from './group-config';
import type { ModernGroup, ModernMember } from './modern-group';
import { assignRange } from './range';
import { assignUniform } from './uniform';

/** A consumer group's target, when it is older than the group. */
export function refreshTarget(state: BrokerState, group: Group, context: Context): void {
  const modern = group.modern!;
  if (modern.targetEpoch >= modern.epoch) return;
  const interval = ms(groupSetting(state, group.groupId, 'consumer.assignment.interval.ms'));
  if (modern.targetAt !== null && context.now < modern.targetAt + interval) return;
  const members = [...modern.members.values()];
  const task = { members, partitions: partitionsOf(state, modern) };
  const targets = preferredAssignor(members) === 'range' ? assignRange(task) : assignUniform(task);
  group.modern = withTargets(modern, (memberId) => targets.get(memberId) ?? [], context);
}

export function withTargets(
  group: ModernGroup,
  targetOf: (memberId: string) => readonly string[],
  { now }: Context,
): ModernGroup {
  const members = new Map<string, ModernMember>();
  for (const [id, member] of group.members) members.set(id, { ...member, target: targetOf(id) });
  return { ...group, members, targetEpoch: group.epoch, targetAt: now };
}

/** The topics somebody subscribes to, as they are: another text means that something has changed. Those that do not exist are not in it. */
export function topicsLike(state: BrokerState, group: ModernGroup): string {
  return [...partitionsOf(state, group)].map(([topic, count]) => `${topic}:${count}`).join(' ');
}

/** Number of partitions by topic; sorted. */
export function partitionsOf({ topics }: BrokerState, { members }: ModernGroup): ReadonlyMap<string, number> {
  const names = new Set([...members.values()].flatMap(({ subscribed }) => subscribed));
  const known = [...names].filter((name) => topics.has(name)).sort();
  return new Map(known.map((name) => [name, topics.get(name)!.partitions.length]));
}

/** The one most members ask for; who asks for none has no vote (computePreferredServerAssignor). */
export function preferredAssignor(members: readonly ModernMember[]): string {
  const votes = new Map<string, number>();
  for (const { serverAssignor } of members)
    if (serverAssignor !== null) votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1);
  let preferred = 'uniform';
  for (const [name, count] of votes) if (count > (votes.get(preferred) ?? 0)) preferred = name;
  return preferred;
}
