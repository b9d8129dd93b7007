/** Inspectors of what a cluster adds: copies, nodes, transactions, groups of other protocols, records of share groups. */
import type { Group, Shared, Transaction } from '../../kernel/shape';

const transactionState: Readonly<Record<Transaction['state'], string>> = {
  Empty: 'none open',
  Ongoing: 'open',
  PrepareCommit: 'is being committed',
  PrepareAbort: 'is being aborted',
  CompleteCommit: 'committed',
  CompleteAbort: 'aborted',
};

const sharedState: Readonly<Record<Shared['is'], string>> = {
  available: 'available',
  acquired: 'acquired',
  acknowledged: 'acknowledged',
  archived: 'archived',
};

const groupKind: Readonly<Record<NonNullable<Group['type']> | 'classic', string>> = {
  classic: 'classic',
  consumer: 'consumer (KIP-848)',
  share: 'share (KIP-932)',
};

export const cluster = {
  none: 'none',

  // copies of a partition
  leader: 'leader',
  noLeader: 'nobody',
  leaderEpoch: 'leader epoch',
  leaderEpochHelp: 'It goes up by one with every election',
  inSync: 'in sync',
  inSyncOf: (count: number, of: number) => `${count} of ${of}`,
  minInSync: 'min.insync.replicas',
  minInSyncHelp: 'With fewer in sync, a write with acks=all is refused',
  lastStable: 'last stable offset',
  lastStableHelp: 'Readers of committed records see those before it',
  copies: (partition: number) => `Copies of partition ${partition}`,
  node: 'Node',
  is: 'is',
  role: {
    leader: 'leader',
    inSync: 'in sync',
    behind: 'out of sync',
    down: 'down',
    leaderDown: 'leader, but down',
  },
  logEnd: 'log end',
  highWatermark: 'high watermark',
  lastEpoch: 'last epoch',
  noEpoch: 'empty',
  cutOff: 'cut off last',
  cutOffRange: (from: number, to: number, time: string) =>
    `${to - from === 1 ? `offset ${from}` : `offsets ${from} to ${to - 1}`} at ${time}`,

  // a node
  condition: 'condition',
  up: 'up',
  down: 'down',
  leads: 'leads',
  holds: 'holds',
  partitionsOf: (count: number) => (count === 1 ? '1 partition' : `${count} partitions`),
  copiesOn: (node: string) => `Copies on ${node}`,
  partition: 'Partition',
  partitionOf: (topic: string, index: number) => `${topic} ${index}`,
  behindBy: 'behind by',

  // a transaction
  transactionName: (id: string) => `transaction ${id}`,
  state: 'state',
  transactionState,
  producer: 'producer',
  producerId: 'producer id',
  epoch: 'epoch',
  epochHelp: 'Whoever takes the same transactional id gets the next epoch; an older one is fenced',
  since: 'open since',
  until: 'aborted at',
  groups: 'commits for',
  written: (id: string) => `Partitions that ${id} writes to`,
  noPartitions: 'It writes to no partition.',
  heldBack: 'holds back',
  heldRecords: (count: number) => (count === 0 ? 'nothing' : count === 1 ? '1 offset' : `${count} offsets`),

  // groups
  kind: 'kind',
  groupKind,
  groupEpoch: 'group epoch',
  targetEpoch: 'assignment epoch',
  targetEpochHelp: 'Each member is to reach it by giving up and taking up partitions',
  isToHave: 'is to have',
  memberEpoch: 'epoch',
  givesUp: (partitions: string) => `gives up ${partitions}`,
  staticMember: (process: string, instance: string) => `${process} (static: ${instance})`,
  joined: 'has joined again',
  notJoined: 'has not joined again yet',

  // a share group's records
  sharedBy: (group: string) => `Records in the hands of ${group}`,
  offset: 'Offset',
  sharedState,
  by: 'by',
  deliveries: 'given out',
  timesGiven: (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`),
  lock: 'lock ends in',
  inHand: (from: number, to: number) => (from === to ? 'nothing in hand' : `${from} to ${to - 1} in hand`),
  itsMembers: 'its members',
} as const;
