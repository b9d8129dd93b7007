/** Queues, exchanges and topics as rows. */
import type { Address, Pile, PileCell, Stack, StackCell, Switch } from '../../kernel/shape';
import { toMs, type Time } from '../../kernel/time';
import type { View } from '../../scenario/host';
import { displayName, shapesOf } from '../names';
import { queueWords } from '../queues/words.en';
import type { Held } from './tables';
import type { TableWords } from './words.en';

export interface QueueRow {
  readonly address: Address;
  readonly name: string;
  readonly kind: string;
  readonly counts: string;
  /** Who takes from it. */
  readonly takers: string;
  readonly holds: readonly Held[];
  /** Beyond those that are named. */
  readonly more: number;
  readonly deadLetters: string;
}

export interface SwitchRow {
  readonly address: Address;
  readonly name: string;
  readonly kind: string;
  readonly leadsTo: string;
  readonly last: string;
  readonly unroutable: number;
}

const lastOf = (address: Address): string => displayName(address.split('/').at(-1) ?? address);

export function queueRows({ shapes, time }: View, words: TableWords): QueueRow[] {
  return [
    ...shapesOf(shapes, 'stack').map((stack) => stackRow(stack, time, words)),
    ...shapesOf(shapes, 'pile').map((pile) => pileRow(pile, time, words)),
  ];
}

export function switchRows({ shapes }: View, words: TableWords): SwitchRow[] {
  return shapesOf(shapes, 'switch').map((one) => switchRow(one, words));
}

function stackRow(stack: Stack, now: Time, words: TableWords): QueueRow {
  const { address, name, type, ready, unacked, cells, consumers, deadLetter, members = [] } = stack;
  const kind = [
    queueWords.queueType[type],
    ...members.map((one) => queueWords.members(one.process, one.isLeader, one.isUp)),
  ];
  return {
    address,
    name: displayName(name),
    kind: kind.join(', '),
    counts: type === 'stream' ? queueWords.streamCount(ready) : queueWords.stackCounts(ready, unacked),
    takers: consumers.map(({ process }) => displayName(process)).join(', ') || words.nobody,
    holds: cells.map((cell, index) => ({
      face: cell.face,
      where: stackPlace(cell, index, now, type === 'stream'),
    })),
    more: Math.max(0, ready - cells.length),
    deadLetters: deadLetter ? lastOf(deadLetter.exchange) : words.none,
  };
}

function stackPlace(cell: StackCell, index: number, now: Time, isStream: boolean): string {
  if (isStream) return queueWords.saysOffset(cell.offset ?? index);
  const { expiresAt, redelivered, deliveries, priority } = cell;
  return [
    queueWords.saysPlace(index),
    redelivered ? queueWords.saysRedelivered(Math.max(1, deliveries)) : null,
    priority > 0 ? queueWords.priority(priority) : null,
    expiresAt === null ? null : expiresAt <= now ? queueWords.ttlOver : queueWords.ttl(toMs(expiresAt - now)),
  ]
    .filter(Boolean)
    .join(', ');
}

function pileRow(pile: Pile, now: Time, words: TableWords): QueueRow {
  const { address, name, type, available, inFlight, delayed, cells, deadLetter, groups } = pile;
  const locked = groups.filter(({ lockedUntil }) => lockedUntil !== null).map((group) => group.name);
  const holders = new Set([
    ...cells.flatMap(({ state, holder }) => (state === 'in flight' && holder !== null ? [holder] : [])),
    ...pile.polling.map(({ process }) => process),
  ]);
  const most = deadLetter?.maxReceives ?? null;
  return {
    address,
    name: displayName(name),
    kind: [queueWords.pileType[type], ...(locked.length > 0 ? [words.lockedGroups(locked)] : [])].join(', '),
    counts: queueWords.pileCounts(available, inFlight, delayed),
    takers: [...holders].map(displayName).join(', ') || words.nobody,
    holds: cells.map((cell) => ({ face: cell.face, where: pilePlace(cell, now, most) })),
    more: Math.max(0, available + inFlight + delayed - cells.length),
    deadLetters: deadLetter
      ? `${lastOf(deadLetter.queue)} ${queueWords.after(deadLetter.maxReceives)}`
      : words.none,
  };
}

function pilePlace(cell: PileCell, now: Time, most: number | null): string {
  const { state, until, holder, receives, group } = cell;
  const left = until === null ? 0 : Math.max(0, toMs(until - now));
  return [
    state === 'available'
      ? queueWords.saysVisible
      : state === 'delayed'
        ? queueWords.saysDelayed(left)
        : queueWords.saysInFlight(left, holder === null ? null : displayName(holder)),
    receives > 0 ? queueWords.saysReceives(receives, most) : null,
    group === null ? null : queueWords.saysGroup(group),
  ]
    .filter(Boolean)
    .join(', ');
}

function switchRow(one: Switch, words: TableWords): SwitchRow {
  const { address, name, type, routes, last, unroutable } = one;
  return {
    address,
    name: name === '' ? queueWords.defaultExchange : displayName(name),
    kind: words.switchKind[type],
    leadsTo: routes.map(({ to, label }) => queueWords.saysRoute(label, lastOf(to))).join('; ') || words.none,
    last: last
      ? words.routedLast(
          last.face.label,
          last.took.flatMap((id) => routes.filter((route) => route.id === id).map(({ to }) => lastOf(to))),
        )
      : words.none,
    unroutable,
  };
}
