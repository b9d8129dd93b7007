/** Every word the stage draws or says. Another locale `satisfies` the type of this object. */
const numbers = new Intl.NumberFormat('en');
const lists = new Intl.ListFormat('en', { type: 'conjunction' });
const n = (value: number): string => numbers.format(value);
const many = (count: number, one: string, other: string): string =>
  `${n(count)} ${count === 1 ? one : other}`;

/** "0:42", "1:02:03"; tenths below ten seconds are kept: "4.8 s". */
function span(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${(Math.round(seconds * 10) / 10).toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

function clock(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000);
  const tenths = Math.floor((milliseconds % 1000) / 100);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}.${tenths}`;
}

const doing: Readonly<Record<string, string>> = {
  receive: 'reading',
  read: 'reading',
  apply: 'applying',
  commit: 'committing',
};
const domain = {
  order: 'order',
  payment: 'payment',
  stock: 'stock',
  notification: 'notification',
  price: 'price',
  ledger: 'ledger',
} as const;

export const stageWords = {
  span,
  clock,
  domain,
  stage: 'Stage',
  help: 'Arrow keys move along the wires, Enter selects, Escape leaves.',
  partition: (index: number) => `partition ${n(index)}`,
  partitionShort: (index: number) => `p${index}`,
  records: (count: number) => many(count, 'record', 'records'),
  recordsOf: (count: number) => `${many(count, 'record', 'records')} of`,
  noRecords: 'no records yet',
  lag: (count: number) => `lag ${n(count)}`,
  caughtUp: 'caught up',
  noCommit: 'nothing committed',
  seek: (from: number, to: number) => `seek ${n(from)} to ${n(to)}`,
  awayTo: (group: string, offset: number) => `${group} at ${n(offset)}`,
  older: (count: number) => `${n(count)} older`,
  newer: (count: number) => `${n(count)} newer`,
  toEnd: 'To the newest',
  keptFor: (milliseconds: number) => `oldest left, newest right, kept ${span(milliseconds)}`,
  keptForShort: (milliseconds: number) => `kept ${span(milliseconds)}`,
  keptForEver: 'oldest left, newest right, kept for ever',
  keptForEverShort: 'kept for ever',
  deletedBefore: (offset: number) => `deleted before ${n(offset)}`,
  deleted: 'deleted',
  goneIn: (milliseconds: number) => (milliseconds <= 0 ? 'gone soon' : span(milliseconds)),
  again: (offsets: readonly number[], milliseconds: number | null) =>
    `${offsetList(offsets)} ${offsets.length === 1 ? 'was' : 'were'} not committed: read again${
      milliseconds === null ? '' : ` in ${span(milliseconds)}`
    }`,
  againShort: (milliseconds: number | null) =>
    milliseconds === null ? 'read again' : `again in ${span(milliseconds)}`,
  nobody: (milliseconds: number | null) =>
    milliseconds === null ? 'nobody reads' : `nobody reads for ${span(milliseconds)}`,
  step: (name: string) => doing[name] ?? name,
  idle: 'waiting',
  noPartition: 'idle',
  readsOn: 'reads on',
  waits: 'waits',
  givesUp: (partitions: readonly number[]) => `gives up ${partitions.join(', ')}`,
  waitsFor: (partitions: readonly number[]) => `waits for ${partitions.join(', ')}`,
  condition: {
    up: 'up',
    down: (since: number) => `DOWN ${span(since)}`,
    crashed: 'crashed',
    slow: 'slow',
    paused: 'paused',
    rebalancing: 'rebalancing',
  },
  oneConsumer: (lanes: number, all: boolean) =>
    lanes === 0
      ? 'reads nothing now'
      : all && lanes > 1
        ? `one consumer for all ${spelled(lanes)} partitions`
        : `one consumer, ${many(lanes, 'partition', 'partitions')}`,
  oneConsumerShort: (lanes: number, all: boolean) =>
    lanes === 0 ? 'reads nothing' : all && lanes > 1 ? `one for all ${spelled(lanes)}` : 'one consumer',
  readBy: (name: string) => `read by ${name}`,
  cut: 'cut',
  delay: (milliseconds: number) => `+${span(milliseconds)}`,
  pin: 'pin',
  more: (count: number) => `+${n(count)}`,
  moreRows: (count: number) => `${n(count)} more`,
  rows: (count: number) => many(count, 'row', 'rows'),
  emptied: (at: number) => `emptied at ${clock(at)}`,
  noRows: 'no rows yet',
  version: (version: number) => `v${version}`,
  age: (milliseconds: number) => `${span(milliseconds)} old`,
  nth: (time: number) => (time === 2 ? '2nd' : time === 3 ? '3rd' : `${time}th`),
  weight: (count: number) => `1 token = ${many(count, 'message', 'messages')}`,
  underWay: 'under way',
  emptyStage: 'Nothing is on this stage yet.',
  failedStage: (reason: string) => `This instant cannot be drawn: ${reason}`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomReset: 'Normal size',
  zoomLevel: (percent: number) => `Zoom ${percent} percent`,

  // Copies of a partition.
  epoch: (epoch: number) => `epoch ${n(epoch)}`,
  noLeader: 'no leader',
  copyRole: { leader: 'leader', inSync: 'in sync', behind: 'out of sync', down: 'down' },
  copyRoleShort: { leader: 'leader', inSync: 'in sync', behind: 'behind', down: 'down' },
  leaderDown: 'leader, down',
  inSync: (count: number, of: number, least: number) =>
    count < least ? `${count} in sync, ${least} needed` : `${count} of ${of} in sync, min ${least}`,
  inSyncShort: (count: number, least: number) => `${count} in sync, min ${least}`,
  highWatermark: (offset: number) => `high watermark ${n(offset)}`,
  highWatermarkShort: (offset: number) => `HW ${n(offset)}`,
  cutOff: (node: string) => `cut off by ${node}`,
  onlyHere: 'only here',
  cutOffShort: 'cut off',
  cutOffLostShort: 'in no copy any more',
  cutOffKept: (node: string, count: number) =>
    `cut off by ${node}: ${count === 1 ? 'it stands' : 'they stand'} further on in the log`,
  cutOffLost: (node: string, count: number) =>
    `cut off by ${node}: ${count === 1 ? 'it is' : 'they are'} in no copy any more`,

  // Share groups.
  times: (deliveries: number) => `×${deliveries}`,
  saysShared: (
    group: string,
    is: 'available' | 'acquired' | 'acknowledged' | 'archived',
    deliveries: number,
    process: string | null,
    untilMs: number | null,
  ) =>
    [
      `${group}: ${is}${process === null ? '' : ` by ${process}`}`,
      deliveries > 1 ? `given out ${n(deliveries)} times` : null,
      untilMs === null ? null : `its lock ends in ${span(untilMs)}`,
    ]
      .filter(Boolean)
      .join(', '),

  // Transactions.
  marker: { commit: 'commit', abort: 'abort' },
  lastStable: (offset: number) => `last stable ${n(offset)}`,
  lastStableShort: (offset: number) => `LSO ${n(offset)}`,
  openFor: (milliseconds: number, untilMs: number | null) =>
    `transaction open for ${span(milliseconds)}${untilMs === null ? '' : `, aborted in ${span(untilMs)}`}`,
  ending: { commit: 'transaction is being committed', abort: 'transaction is being aborted' },
  transactionLine: (state: string, partitions: readonly string[]) =>
    partitions.length === 0 ? state : `${state}, writes to ${lists.format(partitions)}`,
  saysTransaction: (id: string, process: string, state: string, partitions: readonly string[]) =>
    `${id} of ${process}, ${state}${partitions.length === 0 ? '' : `, writes to ${lists.format(partitions)}`}`,
  saysMarker: (is: 'commit' | 'abort', producer: string, offset: number) =>
    `${is === 'commit' ? 'Commit' : 'Abort'} of ${producer}, a marker at offset ${n(offset)}`,
  saysTransacted: (producer: string, is: 'open' | 'committed' | 'aborted') =>
    `in ${is === 'open' ? 'an open' : is === 'committed' ? 'a committed' : 'an aborted'} transaction of ${producer}`,

  // Sentences for those who hear the stage.
  summary: (time: number, lanes: number, records: number, groups: readonly string[]) =>
    `Stage at ${clock(time)}: ${many(lanes, 'partition', 'partitions')} with ${many(records, 'record', 'records')}, read by ${
      groups.length === 0 ? 'nobody' : lists.format(groups)
    }.`,
  saysCell: (label: string, of: keyof typeof domain, offset: number, key: string | null) =>
    `${label}, ${domain[of]}, offset ${n(offset)}${key === null ? '' : `, key ${key}`}`,
  saysUncommitted: (groups: readonly string[]) => `applied but not committed by ${lists.format(groups)}`,
  saysExpires: (milliseconds: number) => `will be deleted in ${span(milliseconds)}`,
  saysLane: (name: string, count: number, start: number, end: number) =>
    count === 0
      ? `${name}, empty, next offset ${n(end)}`
      : `${name}, ${many(count, 'record', 'records')}, offsets ${n(start)} to ${n(end - 1)}, next is ${n(end)}`,
  saysCopy: (node: string, role: string, count: number, end: number, unlike: number, cut: number) =>
    [
      `copy on ${node}, ${role}, ${many(count, 'record', 'records')}, next is ${n(end)}`,
      unlike === 0 ? null : `${many(unlike, 'record', 'records')} that its leader does not have`,
      cut === 0 ? null : `${many(cut, 'record', 'records')} cut off`,
    ]
      .filter(Boolean)
      .join(', '),
  saysCopies: (leader: string | null, epoch: number, inSync: number, of: number, watermark: number) =>
    `${leader === null ? 'no leader' : `led by ${leader}`} in epoch ${n(epoch)}, ${inSync} of ${of} in sync, high watermark ${n(watermark)}`,
  saysOn: (cell: string, node: string) => `${cell}, on ${node}`,
  saysUnread: 'above the high watermark',
  saysUnlike: 'its leader does not have it',
  saysFlag: (
    group: string,
    lane: string,
    committed: number | null,
    position: number | null,
    lag: number | null,
  ) =>
    [
      `Group ${group} in ${lane}: ${committed === null ? 'nothing committed' : `committed ${n(committed)}, the next to read`}`,
      position !== null && position !== committed ? `reading at ${n(position)}` : null,
      lag === null ? null : lag === 0 ? 'caught up' : `lag ${n(lag)}`,
    ]
      .filter(Boolean)
      .join(', '),
  groupKind: { classic: 'classic', consumer: 'consumer protocol', share: 'share group' },
  saysGroup: (group: string, kind: string, epoch: number) => `${group} (${kind}, epoch ${n(epoch)})`,
  saysConsumer: (name: string, group: string | null, lanes: readonly string[], state: string) =>
    `${name}${group ? `, consumer of ${group}` : ''}, ${lanes.length === 0 ? 'reads no partition' : `reads ${lists.format(lanes)}`}, ${state}`,
  saysBroke: (step: string) => `broke before ${step}`,
  saysPin: (steps: readonly string[]) => `will break before ${lists.format(steps)}`,
  saysHolds: (label: string, step: string) => `${step} ${label}`,
  saysWaiting: (count: number) => `${n(count)} waiting`,
  saysProducer: (name: string, state: string) => `${name}, producer, ${state}`,
  saysStore: (name: string, rows: number, writes: number) =>
    `${name}, store, ${many(rows, 'row', 'rows')}, ${many(writes, 'write', 'writes')}`,
  saysRow: (key: string, value: string | number, label: string | null, age: number) =>
    `Row ${key}, ${typeof value === 'number' ? `version ${n(value)}` : value}${label ? ` from ${label}` : ''}, changed ${span(age)} ago`,
  saysCut: (to: string) => `link to ${to} cut`,
  saysDelay: (to: string, milliseconds: number) => `link to ${to} slower by ${span(milliseconds)}`,
  pair: (name: string, value: string) => `${name}: ${value}`,
  list: (items: readonly string[]) => lists.format(items),
} as const;

export type StageWords = typeof stageWords;

function spelled(count: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'][count] ?? n(count);
}

/** "6 and 7", "6 to 12". */
function offsetList(offsets: readonly number[]): string {
  const last = offsets.at(-1);
  if (offsets.length > 2 && last !== undefined) return `${n(offsets[0])} to ${n(last)}`;
  return lists.format(offsets.map(n));
}
