import type { Kernel } from '../kernel/kernel';
import type { LaneCopy, LanePointer, LaneRule, PartPicture } from '../kernel/part';
import type { PartSlot } from '../kernel/process';
import type { Lane, Pointer, Replica } from '../kernel/shape';

interface Held extends LaneCopy {
  readonly process: string;
  readonly isUp: boolean;
}

/**
 * Partitions of a cluster, from what each node says of its own copy and the controller of all. A lane is its leader's
 * copy; while nobody leads, the longest one. Nodes that are down keep their copies, so they are shown as they lie there.
 */
export function lanesOfClusters(kernel: Kernel, pictures: ReadonlyMap<PartSlot, PartPicture>): Lane[] {
  const copies = new Map<string, Held[]>();
  const pointers = new Map<string, Pointer[]>();
  const rules: LaneRule[] = [];
  for (const process of kernel.processes)
    for (const part of process.parts) {
      const picture = pictures.get(part);
      const isUp = process.condition.up;
      for (const copy of picture?.copies ?? []) add(copies, copy.lane.address, { ...copy, process: process.name, isUp }); // prettier-ignore
      rules.push(...(picture?.rules ?? []));
    }
  for (const { lane, pointer } of pointersIn(kernel, pictures)) add(pointers, lane, pointer);
  return rules.flatMap((rule) => {
    const held = copies.get(rule.lane) ?? [];
    return held.length === 0 ? [] : [laneOf(rule, held, pointers.get(rule.lane) ?? [])];
  });
}

/** Of a group that only a node knows which is down, what that node knew. */
function pointersIn(kernel: Kernel, pictures: ReadonlyMap<PartSlot, PartPicture>): LanePointer[] {
  const known = (isUp: boolean): LanePointer[] =>
    kernel.processes
      .filter(({ condition }) => condition.up === isUp)
      .flatMap(({ parts }) => parts.flatMap((part) => pictures.get(part)?.pointers ?? []));
  const told = known(true);
  const groups = new Set(told.map(({ pointer }) => pointer.group));
  return [...told, ...known(false).filter(({ pointer }) => !groups.has(pointer.group))];
}

function laneOf(rule: LaneRule, held: readonly Held[], pointers: readonly Pointer[]): Lane {
  const leading = held.find(({ node }) => node === rule.leader);
  const shown = leading ?? held.reduce((longest, copy) => (copy.lane.logEnd > longest.lane.logEnd ? copy : longest)); // prettier-ignore
  const { logEnd } = shown.lane;
  return {
    ...shown.lane,
    pointers: pointers.map((pointer) => ({
      ...pointer,
      lag: pointer.committed === null ? null : Math.max(0, logEnd - pointer.committed),
    })),
    replicas: rule.replicas.flatMap((node) => {
      const copy = held.find((each) => each.node === node);
      return copy ? [replicaOf(rule, copy)] : [];
    }),
    ...{ leaderEpoch: rule.leaderEpoch, minInSync: rule.minInSync },
  };
}

function replicaOf(rule: LaneRule, { node, process, isUp, lane, epoch, truncated }: Held): Replica {
  const { place, index, logStart, logEnd, highWatermark, cells } = lane;
  return {
    ...{ node, process, address: `${process}/${place}/${index}`, isUp },
    ...{ isLeader: node === rule.leader, inSync: rule.inSync.includes(node) },
    ...{ logStart, logEnd, highWatermark, epoch, cells, truncated },
  };
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
