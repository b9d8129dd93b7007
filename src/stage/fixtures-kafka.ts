/** Instants of what Kafka has besides logs and flags: transactions, share groups, and partitions that change hands. */
import type { Cell, Group, Shared, Transaction } from '../kernel/shape';
import { seconds } from '../kernel/time';
import type { View } from '../scenario/host';
import { groupOf, laneAddress, laneOf, pointerOf, processOf, tokenOf, viewOf } from './fixture-shapes';

const bills = [
  'OC01 mug',
  'OC02 pen',
  'OC03 mug',
  'PA04 mug',
  'PA05 pen',
  'OC06 tee',
  'PA07 tee',
  'OC08 cap',
];

/** Cells with a hole wherever a marker took the offset. */
function withMarkers(cells: readonly Cell[], markers: readonly number[]): Cell[] {
  let offset = 0;
  return cells.map((cell) => {
    while (markers.includes(offset)) offset++;
    return { ...cell, offset: offset++ };
  });
}

/** One transaction committed, one aborted, one open: readers of committed records wait where the open one began. */
export function transacted(): View {
  const markers = [
    { offset: 3, is: 'commit', producer: 'till-1' },
    { offset: 6, is: 'abort', producer: 'till-2' },
  ] as const;
  const plain = laneOf(0, bills, []);
  const fates = [null, 'committed', 'committed', 'aborted', 'aborted', null, 'open', null] as const;
  const cells = withMarkers(plain.cells, [3, 6]).map((cell, index) => {
    const is = fates[index];
    const producer = is === 'aborted' ? 'till-2' : is === 'open' ? 'till-3' : 'till-1';
    return is === null ? cell : { ...cell, transaction: { producer, is } };
  });
  const lane = {
    ...plain,
    ...{ cells, markers, logEnd: 10, highWatermark: 10, lastStable: 8 },
    pointers: [pointerOf('billing', 8, 8, 'billing', 10), pointerOf('audit', 10, 10, 'audit', 10)],
  };
  const billing = processOf('billing', { group: 'billing', owns: [laneAddress(0)] });
  const audit = processOf('audit', { group: 'audit', owns: [laneAddress(0)] });
  const open: Transaction = {
    shape: 'transaction',
    address: 'kafka/transaction/till-3',
    ...{ transactionalId: 'till-3', process: 'till', producerId: 12, epoch: 0, state: 'Ongoing' },
    ...{ lanes: [laneAddress(0)], groups: [], since: seconds(16.4), until: seconds(76.4) },
  };
  return viewOf(seconds(18.6), [
    lane,
    groupOf('billing', [billing], { lag: 2 }),
    groupOf('audit', [audit]),
    open,
    processOf('till'),
    billing,
    audit,
  ]);
}

/** A share group: three members take records of one partition, each has a fate of its own. */
export function shared(): View {
  const fates: readonly (readonly [Shared['is'], number, string | null])[] = [
    ['acknowledged', 1, null],
    ['acquired', 1, 'packer-a'],
    ['acknowledged', 1, null],
    ['archived', 5, null],
    ['acquired', 2, 'packer-b'],
    ['available', 1, null],
    ['acquired', 1, 'packer-c'],
  ];
  const records = ['OC11 mug', 'OC12 pen', 'SK13 tee', 'OC14 mug', 'OC15 cap', 'SK16 jar', 'OC17 pen', 'OC18 tee', 'OC19 mug', 'OC20 cap']; // prettier-ignore
  const plain = laneOf(0, records, []);
  const lane = {
    ...plain,
    cells: plain.cells.map((cell, index): Cell => {
      const fate = fates[index - 1];
      if (!fate) return cell;
      const [is, deliveries, process] = fate;
      const until = is === 'acquired' ? seconds(18.6 + 4 * index) : null;
      return { ...cell, shared: [{ group: 'packer', is, deliveries, process, until }] };
    }),
    pointers: [{ ...pointerOf('packer', 1, null, null, 10), lag: 9, shareWindow: { from: 1, to: 8 } }],
  };
  const members = ['a', 'b', 'c'].map((letter) =>
    processOf(`packer-${letter}`, {
      group: 'packer',
      owns: [laneAddress(0)],
      steps: ['receive', 'apply', 'acknowledge'],
      step: { name: 'apply', since: seconds(18), until: seconds(19) },
    }),
  );
  return viewOf(
    seconds(18.6),
    [
      lane,
      alive(groupOf('packer', members, { type: 'share', protocol: 'simple', lag: 9 })),
      processOf('shop'),
      ...members,
    ],
    { tokens: [tokenOf('a', laneAddress(0), 'packer-c', ['OC17 pen'], { arrivesAt: seconds(19) })] },
  );
}

export type RebalanceKind = 'eager' | 'cooperative' | 'consumer';

/** A third consumer has come to two that have three partitions: who has to stop depends on the kind of rebalance. */
export function changingHands(kind: RebalanceKind): View {
  const owned: readonly (readonly number[])[] = kind === 'eager' ? [[], [], []] : [[0, 1], [2], []];
  const members = ['a', 'b', 'c'].map((letter, index) =>
    processOf(`search-${letter}`, {
      group: 'search',
      owns: owned[index].map(laneAddress),
      step: owned[index].length > 0 ? { name: 'apply', since: seconds(18), until: seconds(19) } : null,
    }),
  );
  const ends = [7, 6, 7];
  const lanes = ends.map((end, index) => {
    const owner = owned.findIndex((lanes) => lanes.includes(index));
    const reader = owner < 0 ? null : `search-${'abc'[owner]}`;
    const records = bills.slice(0, end);
    return laneOf(index, records, [pointerOf('search', end - 2, reader === null ? null : end - 1, reader, end)]);
  });
  return viewOf(seconds(18.6), [...lanes, groupIn(kind, members), processOf('shop-api'), ...members]);
} // prettier-ignore

/** Heard of a moment ago. */
function alive(group: Group): Group {
  return {
    ...group,
    members: group.members.map((member, index) => ({ ...member, expiresAt: seconds(22 + index) })),
  };
}

function groupIn(kind: RebalanceKind, processes: readonly ReturnType<typeof processOf>[]): Group {
  const plain = alive(groupOf('search', processes, { generation: 4, lag: 6 }));
  if (kind !== 'consumer')
    return {
      ...plain,
      state: 'PreparingRebalance',
      protocol: kind === 'eager' ? 'range' : 'cooperative-sticky',
      members: plain.members.map((member, index) => ({
        ...member,
        joined: index !== 1,
        expiresAt: index === 1 ? member.expiresAt : null,
      })),
    };
  const targets = [[0], [2], [1]];
  return {
    ...plain,
    ...{ type: 'consumer', state: 'Reconciling', protocol: 'uniform', generation: 5, targetEpoch: 5 },
    members: plain.members.map((member, index) => ({
      ...member,
      epoch: index === 1 ? 5 : 4,
      target: targets[index].map(laneAddress),
      ...(index === 0 ? { revoking: [laneAddress(1)] } : {}),
    })),
  };
}
