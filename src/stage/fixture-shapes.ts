/** Makers of hand-made shapes, for the instants of the gallery and the tests. */
import type { Domain } from '../kernel/bodies';
import type { Cell, Face, Group, Lane, Pointer, Process, Row, Shape, Store, Token } from '../kernel/shape';
import { seconds } from '../kernel/time';
import type { View } from '../scenario/host';

const domainOf: Readonly<Record<string, Domain>> = {
  OC: 'order',
  PA: 'payment',
  SK: 'stock',
  NT: 'notification',
  PR: 'price',
  LG: 'ledger',
};

/** "OC21 tee" → a face; the number is the message. */
export function face(words: string): Face {
  const [label = '', key = null] = words.split(' ') as [string, string?];
  return {
    message: Number(label.replace(/\D/g, '')),
    domain: domainOf[label.slice(0, 2)] ?? 'order',
    label,
    key: key ?? null,
    version: 1,
  };
}

export function laneOf(
  index: number,
  records: readonly string[],
  pointers: readonly Pointer[],
  more: Partial<Lane> = {},
): Lane {
  const start = more.logStart ?? 0;
  const cells = records.map((words, at): Cell => ({
    offset: start + at,
    face: face(words),
    timestamp: seconds(at),
    expiresAt: null,
    uncommittedBy: [],
  }));
  const end = start + records.length;
  return {
    shape: 'lane',
    address: `kafka/shop-events/${index}`,
    place: 'shop-events',
    index,
    logStart: start,
    logEnd: end,
    highWatermark: end,
    cells,
    pointers,
    retention: seconds(7 * 86_400),
    ...more,
  };
}

export function pointerOf(
  group: string,
  committed: number | null,
  position: number | null,
  owner: string | null,
  end: number,
): Pointer {
  return {
    group,
    committed,
    position,
    owner,
    lag: committed === null ? null : end - committed,
    sought: null,
  };
}

export function processOf(name: string, more: Partial<Process> = {}): Process {
  return {
    shape: 'process',
    address: name,
    name,
    role: name.split('-')[0],
    condition: 'up',
    conditionSince: 0,
    incarnation: 0,
    steps: ['receive', 'apply', 'commit'],
    step: null,
    current: null,
    queued: [],
    unsettled: [],
    pins: [],
    group: null,
    owns: [],
    applied: 0,
    lastApplied: null,
    brokeBefore: null,
    ...more,
  };
}

export function groupOf(name: string, members: readonly Process[], more: Partial<Group> = {}): Group {
  return {
    shape: 'group',
    address: `kafka/group/${name}`,
    name,
    state: 'Stable',
    generation: 1,
    protocol: 'range',
    members: members.map(({ address, owns }) => ({
      memberId: address,
      process: address,
      owns,
      expiresAt: null,
    })),
    lag: 0,
    ...more,
  };
}

export function storeOf(
  name: string,
  rows: readonly (readonly [key: string, version: number, from: string])[],
  more: Partial<Store> = {},
): Store {
  return {
    shape: 'store',
    address: name,
    name,
    rows: rows.map(([key, version, from]): Row => ({
      key,
      version,
      fields: {},
      changedAt: seconds(10),
      writes: version,
      face: face(from),
    })),
    rowCount: rows.length,
    wipedAt: null,
    writes: rows.length,
    ...more,
  };
}

export function tokenOf(
  id: string,
  from: string,
  to: string,
  faces: readonly string[],
  more: Partial<Token> = {},
): Token {
  return {
    id,
    from,
    to,
    sentAt: seconds(18),
    arrivesAt: seconds(19.2),
    faces: faces.map(face),
    what: 'FetchResponse',
    held: false,
    weight: 1,
    redelivered: faces.map(() => 0),
    ...more,
  };
}

export function viewOf(time: number, shapes: readonly Shape[], more: Partial<View> = {}): View {
  return { time, factCount: 0, eventCount: 0, shapes, tokens: [], links: [], nextAt: null, ...more };
}

export const laneAddress = (index: number): string => `kafka/shop-events/${index}`;
