/** One instant as tables: what the stage draws, in rows. Plain data, so that it can be tested without a screen. */
import type { Address, Face, Group, Lane, Process, Store } from '../../kernel/shape';
import { toMs, type Time } from '../../kernel/time';
import type { View } from '../../scenario/host';
import { clock } from '../clock';
import { displayName, isStoreHost, shapesOf } from '../names';
import { accountTables, type AccountTables } from '../ledger/account-tables';
import { ledgerWords } from '../ledger/words.en';
import { placeName } from '../story/sentence';
import { queueRows, switchRows, type QueueRow, type SwitchRow } from './queue-tables';
import { copyTables, transactionRows, whereOf, type CopyTable, type TransactionRow } from './cluster-tables';
import { tableWords, type TableWords } from './words.en';

export interface Held {
  readonly face: Face;
  /** "at 7", or '' where it has no place of its own. */
  readonly where: string;
}

export interface PartitionRow {
  readonly address: Address;
  readonly name: string;
  readonly first: number;
  readonly next: number;
  readonly holds: readonly Held[];
  readonly older: number;
  readonly newer: number;
  /** In the order of `groups` of its table. */
  readonly flags: readonly string[];
}
export interface PartitionTable {
  readonly topic: string;
  readonly groups: readonly string[];
  readonly rows: readonly PartitionRow[];
}

export interface ServiceRow {
  readonly address: Address;
  readonly name: string;
  readonly condition: string;
  readonly isTrouble: boolean;
  readonly step: string;
  readonly reads: string;
  readonly holds: readonly Held[];
  readonly unsettled: readonly Held[];
  readonly applied: number;
}

/** Who asks over HTTP, or is asked. */
export interface CallRow {
  readonly address: Address;
  readonly name: string;
  readonly condition: string;
  readonly isTrouble: boolean;
  /** What it has in hand, and what hangs. */
  readonly inHand: string;
  readonly holds: readonly Held[];
  readonly calls: string;
  readonly done: string;
}

export interface GroupRow {
  readonly address: Address;
  readonly name: string;
  readonly state: string;
  readonly kind: string;
  readonly generation: number;
  readonly members: readonly string[];
  readonly lag: string;
}

export interface StoreTable {
  readonly address: Address;
  readonly name: string;
  readonly rows: readonly {
    readonly key: string;
    readonly version: number;
    readonly content: string;
    readonly face: Face | null;
    readonly changed: string;
  }[];
  readonly more: number;
  /** Why there is nothing in it. */
  readonly empty: string | null;
}

export interface MovingRow {
  readonly id: string;
  readonly faces: readonly Face[];
  readonly from: string;
  readonly to: string;
  readonly arrives: string;
  readonly isHeld: boolean;
}

export interface Tables {
  readonly groups: readonly GroupRow[];
  readonly partitions: readonly PartitionTable[];
  readonly copies: readonly CopyTable[];
  readonly transactions: readonly TransactionRow[];
  readonly queues: readonly QueueRow[];
  readonly switches: readonly SwitchRow[];
  readonly consumers: readonly ServiceRow[];
  readonly producers: readonly ServiceRow[];
  readonly callers: readonly CallRow[];
  readonly stores: readonly StoreTable[];
  readonly moving: readonly MovingRow[];
  /** Null where nobody keeps accounts. */
  readonly accounts: AccountTables | null;
  readonly links: readonly { readonly name: string; readonly state: string }[];
}

export function tablesOf(view: View, words: TableWords = tableWords): Tables {
  const all = shapesOf(view.shapes, 'lane');
  const lanes = all.filter(({ keeps }) => keeps === undefined);
  const stores = shapesOf(view.shapes, 'store');
  const services = shapesOf(view.shapes, 'process').filter(
    (process) => !isStoreHost(process, stores) && process.desk === undefined,
  );
  const silent = new Set(services.filter(isSilent).map(({ address }) => address));
  const row = (process: Process) => serviceRow(process, view.time, words);
  return {
    groups: shapesOf(view.shapes, 'group').map((group) => groupRow(group, silent, view.time, words)),
    partitions: [...new Set(lanes.map(({ place }) => place))].map(
      (topic) =>
      partitionTable(topic, lanes.filter(({ place }) => place === topic), words), // prettier-ignore
    ),
    copies: copyTables(lanes, words),
    transactions: transactionRows(view, words),
    queues: queueRows(view, words),
    switches: switchRows(view, words),
    consumers: services.filter(isConsumer).map(row),
    producers: services.filter((process) => !isConsumer(process) && !takesCalls(process)).map(row),
    callers: services.filter(takesCalls).map((process) => callRow(process, view.time, words)),
    stores: stores.map((store) => storeTable(store, view.time, words)),
    accounts: lanes.length < all.length ? accountTables(view, ledgerWords) : null,
    moving: view.tokens
      .filter(({ faces }) => faces.length > 0)
      .map(({ id, faces, from, to, held, arrivesAt }) => ({
        id,
        faces,
        from: placeName(from),
        to: placeName(to),
        arrives: held ? words.held : words.inMs(Math.max(0, toMs(arrivesAt - view.time))),
        isHeld: held,
      })),
    links: view.links.map(({ from, to, cut, extraMs }) => ({
      name: words.between(displayName(from), displayName(to)),
      state: cut ? words.cut : words.slower(extraMs),
    })),
  };
}

/** Nobody hears from it, so its group will give it up. */
function isSilent({ condition }: Process): boolean {
  return condition === 'crashed' || condition === 'down';
}

function groupRow(
  { address, name, state, generation, members, lag, type }: Group,
  silent: ReadonlySet<Address>,
  now: Time,
  words: TableWords,
): GroupRow {
  return {
    address,
    name: displayName(name),
    state: words.groupState[state],
    kind: words.groupKind[type ?? 'classic'],
    generation,
    members: members.map(({ process, owns, expiresAt, target, revoking = [] }) =>
      words.member(
        displayName(process),
        partitionsIn(owns),
        expiresAt === null || !silent.has(process) ? null : toMs(expiresAt - now),
        partitionsIn(revoking),
        partitionsIn(type === 'share' ? [] : (target ?? []).filter((lane) => !owns.includes(lane))),
      ),
    ),
    lag: lag === 0 ? words.caughtUp : String(lag),
  };
}

function partitionsIn(lanes: readonly Address[]): number[] {
  return lanes.map((lane) => Number(lane.slice(lane.lastIndexOf('/') + 1)));
}

function partitionTable(topic: string, lanes: readonly Lane[], words: TableWords): PartitionTable {
  const groups = [...new Set(lanes.flatMap(({ pointers }) => pointers.map(({ group }) => group)))].sort(
    (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  );
  return {
    topic,
    groups: groups.map(displayName),
    rows: lanes.map((lane) => partitionRow(lane, groups, words)),
  };
}

function partitionRow(lane: Lane, groups: readonly string[], words: TableWords): PartitionRow {
  const { cells, logStart, logEnd } = lane;
  const firstShown = cells[0]?.offset ?? logEnd;
  const endShown = (cells.at(-1)?.offset ?? logEnd - 1) + 1;
  return {
    address: lane.address,
    name: words.partitionName(lane.index),
    first: logStart,
    next: logEnd,
    holds: cells.map((cell) => ({ face: cell.face, where: whereOf(cell, words) })),
    older: Math.max(0, firstShown - logStart),
    newer: Math.max(0, logEnd - endShown),
    flags: groups.map((group) => flagWords(lane, group, words)),
  };
}

function flagWords(lane: Lane, group: string, words: TableWords): string {
  const pointer = lane.pointers.find((candidate) => candidate.group === group);
  if (!pointer) return words.none;
  const { committed, position, lag, owner, sought, shareWindow } = pointer;
  const uncommitted = lane.cells.filter(({ uncommittedBy }) => uncommittedBy.includes(group));
  if (shareWindow) return words.shareWindow(shareWindow.from, shareWindow.to, lag);
  return [
    words.flag(committed, position, lag, owner === null ? null : displayName(owner)),
    sought ? words.sought(sought.from, sought.to) : null,
    uncommitted.length > 0 ? words.uncommitted(uncommitted.map(({ offset }) => offset)) : null,
  ]
    .filter(Boolean)
    .join('; ');
}

/** It reads for a group; or from a queue, where groups have no name. */
function isConsumer({ group, slots, environments }: Process): boolean {
  return group !== null || slots !== undefined || environments !== undefined;
}

function serviceRow(process: Process, now: Time, words: TableWords): ServiceRow {
  const { address, name, step, current, queued, unsettled } = process;
  const held = (face: Face): Held => ({ face, where: '' });
  return {
    address,
    name: displayName(name),
    condition: conditionWords(process, words),
    isTrouble: isSilent(process),
    step: step ? words.stepNow(step.name, step.until === null ? null : toMs(step.until - now)) : words.idle,
    reads: process.owns.map((lane) => placeName(lane)).join(', ') || words.none,
    holds: [...(current ? [current] : []), ...queued].map(held),
    unsettled: (process.slots ? process.slots.messages.map(({ face }) => face) : unsettled).map(held),
    applied: process.applied,
  };
}

function conditionWords(process: Process, words: TableWords): string {
  const { condition, conditionSince, brokeBefore, pins } = process;
  const said = [
    condition === 'up'
      ? words.conditionOf.up
      : words.since(
          [words.conditionOf[condition], brokeBefore === null ? '' : words.brokeBefore(brokeBefore)]
            .join(' ')
            .trim(),
          clock(conditionSince),
        ),
    pins.length > 0 ? words.willBreak(pins) : null,
  ];
  return said.filter(Boolean).join('; ');
}

function takesCalls({ serving, callees }: Process): boolean {
  return serving !== undefined || callees !== undefined;
}

function callRow(process: Process, now: Time, words: TableWords): CallRow {
  const { address, name, serving = [], calls = [], stalled = 0, answered, failed, applied } = process;
  const { inHand = serving.length } = process;
  return {
    address,
    name: displayName(name),
    condition: conditionWords(process, words),
    isTrouble: isSilent(process),
    inHand: words.inHand(inHand, stalled),
    holds: serving.slice(0, heldMax).map(({ face, since, stalled: hangs, unheard }) => ({
      face,
      where: words.servedFor(toMs(now - since), hangs, unheard),
    })),
    calls: callWords(calls, words),
    done: answered === undefined ? words.handled(applied) : words.answered(answered, failed ?? 0),
  };
}

/** More than this nobody reads. */
const heldMax = 12;

/** "email 3, fraud 1 (tried again)". */
function callWords(calls: NonNullable<Process['calls']>, words: TableWords): string {
  const counts = new Map<string, { count: number; again: number }>();
  for (const { to, attempt } of calls) {
    const { count, again } = counts.get(to) ?? { count: 0, again: 0 };
    counts.set(to, { count: count + 1, again: again + (attempt > 1 ? 1 : 0) });
  }
  const said = [...counts].map(([to, { count, again }]) => words.callsTo(displayName(to), count, again));
  return said.join(', ') || words.none;
}

function storeTable(
  { address, name, rows, rowCount, wipedAt }: Store,
  now: Time,
  words: TableWords,
): StoreTable {
  const emptied = wipedAt === null ? '' : ` ${words.emptied(clock(wipedAt))}`;
  return {
    address,
    name: displayName(name),
    rows: rows.map(({ key, version, fields, face, changedAt }) => ({
      key,
      version,
      content: Object.entries(fields)
        .map(([field, value]) => `${field} ${String(value)}`)
        .join(', '),
      face,
      changed: words.ago(toMs(now - changedAt)),
    })),
    more: Math.max(0, rowCount - rows.length),
    empty: rowCount === 0 ? `${words.emptyStore}${emptied}` : null,
  };
}
