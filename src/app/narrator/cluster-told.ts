/** What matters about copies and transactions at an instant, in sentences; nothing where all is well. */
import type { Group, Lane } from '../../kernel/shape';
import { seconds, type Time } from '../../kernel/time';
import type { View } from '../../scenario/host';
import { displayName, shapesOf } from '../../stage/names';
import { placeName } from '../../stage/story/sentence';
import type { NarratorWords } from '../words/narrator.en';

/** What was cut off is news for so long. */
const cutOffFor = seconds(8);

export function clusterTold({ shapes, time }: View, w: NarratorWords): string[] {
  return shapesOf(shapes, 'lane').flatMap((lane) => [
    ...ledBy(lane, w),
    ...cutOff(lane, time, w),
    ...heldBack(lane, w),
  ]);
}

/** Nobody, or one that is down; else how many copies are not in sync. */
function ledBy(lane: Lane, w: NarratorWords): string[] {
  const { replicas, minInSync = 1, address } = lane;
  if (!replicas) return [];
  const name = placeName(address);
  const leader = replicas.find(({ isLeader }) => isLeader);
  if (!leader) return [w.noLeader(name)];
  if (!leader.isUp) return [w.leaderDown(displayName(leader.process), name)];
  const inSync = replicas.filter((replica) => replica.inSync).length;
  if (inSync < minInSync) return [w.tooFew(name, inSync, minInSync)];
  return inSync < replicas.length ? [w.outOfSync(name, replicas.length - inSync, replicas.length)] : [];
}

function cutOff({ replicas = [], address }: Lane, now: Time, w: NarratorWords): string[] {
  return replicas.flatMap(({ truncated, process }) =>
    truncated && now - truncated.at < cutOffFor
      ? [w.cutOff(displayName(process), truncated.to - truncated.from, placeName(address))]
      : [],
  );
}

function heldBack({ lastStable, logEnd, address }: Lane, w: NarratorWords): string[] {
  return lastStable !== undefined && lastStable < logEnd ? [w.heldBack(placeName(address), lastStable)] : [];
}

/** Whether a rebalance stops everybody, or only who has to wait. */
export function stopsAll({ protocol, type }: Group): boolean {
  return type === undefined && !protocol.startsWith('cooperative');
}
