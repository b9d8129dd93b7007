/** What history says of groups whose assignments the broker makes, in the words of classic groups. */
import type { Context } from '../../../kernel/machine';
import { GroupEmptied, GroupRebalanced, GroupRebalanceStarted } from '../facts';
import type { Group } from '../group';
import { inOrder, partitionIn, topicOf } from './modern-group';

/** The group has changed, and will have another assignment. */
export function tellStart({ address, groupId, modern }: Group, detail: string, context: Context): void {
  context.emit({
    is: GroupRebalanceStarted,
    subject: address,
    amount: modern!.epoch,
    group: groupId,
    detail,
  });
}

/** Everybody has followed to the target. */
export function tellStable(group: Group, context: Context): void {
  const { address, groupId, modern } = group;
  const detail = whoHasWhat(group);
  context.emit({ is: GroupRebalanced, subject: address, amount: modern!.epoch, group: groupId, detail });
}

export function tellEmpty({ address, groupId, modern }: Group, context: Context): void {
  context.emit({ is: GroupEmptied, subject: address, amount: modern!.epoch, group: groupId });
}

/** "search-a:0 search-b:1,2"; with the topic before each number when there is more than one topic. */
function whoHasWhat({ modern }: Group): string {
  const members = [...modern!.members.values()];
  const topics = new Set(members.flatMap(({ assigned }) => [...assigned.keys()].map(topicOf)));
  const shares = members.map(({ assigned, clientId }) => {
    const places = inOrder(assigned.keys());
    return `${clientId}:${places.map((place) => (topics.size > 1 ? place : partitionIn(place))).join()}`;
  });
  return shares.join(' ');
}
