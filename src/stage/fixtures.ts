/** Hand-made instants for the gallery and the tests: no simulation, only what the pictures must cope with. */
import { seconds } from '../kernel/time';
import type { View } from '../scenario/host';
import {
  face,
  groupOf,
  laneAddress,
  laneOf,
  pointerOf,
  processOf,
  storeOf,
  tokenOf,
  viewOf,
} from './fixture-shapes';

export const mockLog = [
  [
    'SK01 mug',
    'OC02 pen',
    'PR05 mug',
    'OC07 mug',
    'OC09 pen',
    'SK12 mug',
    'OC15 pen',
    'PR17 mug',
    'SK20 pen',
    'OC23 mug',
    'OC28 pen',
  ],
  [
    'OC03 tee',
    'SK04 tee',
    'OC08 tee',
    'PR11 tee',
    'OC14 tee',
    'SK16 tee',
    'PR19 tee',
    'OC21 tee',
    'OC26 tee',
  ],
  [
    'SK06 cap',
    'OC10 jar',
    'PR13 cap',
    'OC18 jar',
    'OC22 cap',
    'SK24 jar',
    'OC25 cap',
    'PR27 jar',
    'OC29 cap',
    'OC30 jar',
  ],
] as const;

const underWay = { what: 'ProduceRequest', arrivesAt: seconds(18.75) };

/** The instant of the design drawing: search B broke between apply and commit, cache was sent from 9 back to 5. */
export function drawnInstant(more: Partial<View> = {}): View {
  const b = pointerOf('search', 6, 8, 'search-b', 9);
  const lanes = [
    laneOf(0, mockLog[0], [
      pointerOf('search', 9, 10, 'search-a', 11),
      { ...pointerOf('cache', 5, 6, 'cache', 11), sought: { from: 9, to: 5, at: seconds(17.9) } },
    ]),
    laneOf(1, mockLog[1], [b, pointerOf('cache', 8, 9, 'cache', 9)]),
    laneOf(2, mockLog[2], [
      pointerOf('search', 9, 10, 'search-c', 10),
      pointerOf('cache', 10, 10, 'cache', 10),
    ]),
  ];
  const crashed = {
    ...lanes[1],
    cells: lanes[1].cells.map((cell) => ({
      ...cell,
      uncommittedBy: cell.offset === 6 || cell.offset === 7 ? ['search'] : [],
    })),
    pointers: [{ ...b, position: null }, lanes[1].pointers[1]],
  };
  const search = [
    processOf('search-a', {
      group: 'search',
      owns: [laneAddress(0)],
      step: { name: 'receive', since: seconds(18), until: null },
    }),
    processOf('search-b', {
      group: 'search',
      condition: 'crashed',
      brokeBefore: 'commit',
      conditionSince: seconds(13.8),
    }),
    processOf('search-c', {
      group: 'search',
      owns: [laneAddress(2)],
      step: { name: 'apply', since: seconds(18), until: seconds(19) },
      current: face('OC30 jar'),
    }),
  ];
  const cache = processOf('cache', { group: 'cache', owns: [0, 1, 2].map(laneAddress) });
  const searchGroup = groupOf('search', search, { lag: 6 });
  const members = searchGroup.members.map((member) =>
    member.process === 'search-b' ? { ...member, owns: [laneAddress(1)], expiresAt: seconds(19.8) } : member,
  );
  return viewOf(
    seconds(18.6),
    [
      lanes[0],
      crashed,
      lanes[2],
      { ...searchGroup, members },
      groupOf('cache', [cache]),
      processOf('shop-api'),
      ...search,
      cache,
    ],
    {
      tokens: [
        tokenOf('a', laneAddress(0), 'search-a', ['OC23 mug'], { arrivesAt: seconds(19) }),
        tokenOf('b', laneAddress(0), 'cache', ['SK12 mug'], { redelivered: [1], arrivesAt: seconds(20) }),
        tokenOf('c', laneAddress(1), 'cache', ['OC26 tee'], { arrivesAt: seconds(19.4) }),
        tokenOf('d', 'shop-api', laneAddress(1), ['PR31 tee'], underWay),
      ],
      ...more,
    },
  );
}

/** The drawn instant with the stores the lesson has. */
export function withStores(): View {
  const view = drawnInstant();
  return {
    ...view,
    shapes: [
      ...view.shapes,
      storeOf('search-index', [
        ['mug', 4, 'PR17'],
        ['pen', 3, 'SK20'],
        ['tee', 5, 'OC21'],
        ['cap', 4, 'OC25'],
        ['jar', 3, 'OC29'],
      ]),
    ],
  };
}

/** Where a page that has just been opened stands. */
export function emptyTopic(): View {
  const lanes = [0, 1, 2].map((index) =>
    laneOf(index, [], [pointerOf('search', null, 0, `search-${'abc'[index]}`, 0)]),
  );
  const search = ['a', 'b', 'c'].map((letter, index) =>
    processOf(`search-${letter}`, { group: 'search', owns: [laneAddress(index)] }),
  );
  return viewOf(0, [
    ...lanes,
    groupOf('search', search),
    processOf('shop-api'),
    ...search,
    storeOf('search-index', [], { rowCount: 0 }),
  ]);
}
