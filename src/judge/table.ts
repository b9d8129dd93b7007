import type { FactId, FactType } from '../kernel/fact';
import type { Time } from '../kernel/time';
import type { See, Setting } from './fold';
import type { Table } from './goal';
import { once, ownerOf, placeIn } from './match';

/** A fact and its time. */
export interface Moment {
  readonly fact: FactId;
  readonly at: Time;
}

interface Row extends Moment {
  readonly version: number;
}

/** Rows key → version as facts leave them; each row remembers the fact that wrote it. */
export interface TableFold {
  readonly rows: ReadonlyMap<string, Row>;
  /** Null before the first change. */
  readonly lastChange: Moment | null;
  /** What emptied it last. */
  readonly lastWipe: Moment | null;
  route(is: FactType): See | null;
}

/** How two tables differ. */
export interface Comparison {
  /** Keys with the same version in both. */
  readonly agree: number;
  /** Keys in either. */
  readonly total: number;
  /** What made them different: the rows that differ, on either side, and a wipe that took the other side's row. */
  readonly because: readonly Moment[];
}

export function tableFold(table: Table, setting: Setting): TableFold {
  return table.table === 'seen' ? seenTable(table.role, setting) : truthTable(table.topic, setting);
}

export function compare(left: TableFold, right: TableFold): Comparison {
  const because: Moment[] = [];
  let agree = 0;
  let total = right.rows.size;
  for (const [key, row] of left.rows) {
    const other = right.rows.get(key);
    if (!other) total++;
    if (other?.version === row.version) agree++;
    else because.push(row, ...(other ? [other] : wipeAfter(row, right)));
  }
  for (const [key, row] of right.rows) if (!left.rows.has(key)) because.push(row, ...wipeAfter(row, left));
  return { agree, total, because };
}

function wipeAfter(row: Moment, { lastWipe }: TableFold): Moment[] {
  return lastWipe && lastWipe.fact > row.fact ? [lastWipe] : [];
}

/** The store decides what it keeps: a row has the version it wrote last, older or newer. */
function seenTable(role: string, setting: Setting): TableFold {
  const rows = new Map<string, Row>();
  const isOurs = once((subject) => setting.roleOf(ownerOf(subject)) === role);
  const write: See = (fact, at, _process, _cause, { subject, message, amount }) => {
    if (!isOurs(subject) || message === undefined || message < 0) return;
    const { key } = setting.bodyOf(message);
    if (key === null) return;
    const row = { version: amount ?? 0, fact, at };
    rows.set(key, row);
    table.lastChange = row;
  };
  const wipe: See = (fact, at, _process, _cause, { subject }) => {
    if (!isOurs(subject)) return;
    rows.clear();
    table.lastChange = table.lastWipe = { fact, at };
  };
  const table = {
    rows,
    lastChange: null as Moment | null,
    lastWipe: null as Moment | null,
    route({ kind, name }: FactType): See | null {
      if (kind === 'applied' && name === 'RowWritten') return write;
      return kind === 'changed' && name === 'StoreWiped' ? wipe : null;
    },
  };
  return table;
}

/** The omniscient side: no reader needs to have seen it. A message without a key is about no row. */
function truthTable(topic: string, setting: Setting): TableFold {
  const rows = new Map<string, Row>();
  const isOurs = once((subject) => placeIn(subject) === topic);
  const accept: See = (fact, at, _process, _cause, { subject, message }) => {
    if (!isOurs(subject) || message === undefined || message < 0) return;
    const { key, version } = setting.bodyOf(message);
    if (key === null) return;
    const known = rows.get(key);
    if (known && known.version >= version) return;
    const row = { version, fact, at };
    rows.set(key, row);
    table.lastChange = row;
  };
  const table = {
    rows,
    lastChange: null as Moment | null,
    lastWipe: null,
    route: ({ kind }: FactType) => (kind === 'accepted' ? accept : null),
  };
  return table;
}
