/**
 * A database: a main table of rows by key, and further tables beside it. A transaction is one command: all of its
 * writes happen, or none, and what has happened survives a crash. Simplified: no isolation to speak of (one
 * transaction at a time), and it takes no time beyond the way there and back.
 */
import { factType, noCause, type FactId } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand } from '../kernel/machine';
import type { GivenOptions } from '../kernel/options';
import type { Look, Part, PartPicture } from '../kernel/part';
import type { Row, Store as StoreShape } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type {
  Fields,
  ReadRequest,
  ReadResponse,
  StoreRequest,
  TransactRequest,
  TransactResponse,
  WipeStore,
  Write,
} from './store-protocol';

/** One row. Replaced by every write, never changed. */
interface KeptRow {
  readonly version: number;
  readonly fields: Fields;
  readonly changedAt: Time;
  readonly writes: number;
  readonly message: MessageId;
  /** The column that sums up, if one does: what the row is about. */
  readonly sum: string | null;
}

interface Table {
  rows: Map<string, KeptRow>;
  writes: number;
}

export interface Store {
  /** Name of its process, once it has been started: it describes itself under that address. */
  name: string;
  main: Table;
  /** The tables beside it, by name. A table is there from its first write on. */
  others: Map<string, Table>;
  wipedAt: Time | null;
}

const Written = factType('applied', 'RowWritten');
const Added = factType('applied', 'AmountAdded');
const Refused = factType('refused', 'AmountRefused');
const Outdated = factType('outdated', 'WriteOutdated');
const Noted = factType('persisted', 'RowNoted');
const Wiped = factType('changed', 'StoreWiped');

export const part: Part<Store, StoreRequest | WipeStore, GivenOptions> = {
  options: [],
  machine: {
    kind: 'store',
    init: () => ({ name: '', main: newTable(), others: new Map(), wipedAt: null }),
    apply,
    // rows are on disk, and a transaction is over before anything else can happen
    restart: () => undefined,
    clone: (state) => ({
      ...state,
      main: copyOf(state.main),
      others: new Map([...state.others].map(([name, table]) => [name, copyOf(table)])),
    }),
  },
  describe,
};

function apply(state: Store, command: StoreRequest | WipeStore | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      state.name = context.self;
      return;
    case 'TransactRequest':
      return context.reply(context.connection, transact(state, command, context));
    case 'ReadRequest':
      return context.reply(context.connection, read(state, command));
    case 'WipeStore':
      return wipe(state, context);
    case 'ConnectionClosed':
      return;
  }
}

/** Carries out every write, or none of them when a row to insert is there already. */
function transact(state: Store, request: TransactRequest, context: Context): TransactResponse {
  const { ticket, writes } = request;
  const taken = writes.find(({ insert, table, key }) => insert && tableOf(state, table)?.rows.has(key));
  if (taken) return { type: 'TransactResponse', ticket, fact: noCause, conflict: taken.key };
  let fact = noCause;
  for (const one of writes) fact = write(state, one, request, context);
  return { type: 'TransactResponse', ticket, fact };
}

function write(state: Store, one: Write, request: TransactRequest, context: Context): FactId {
  const { message, position, group, cause } = request;
  const { table: name, key, add } = one;
  const table = madeTable(state, name);
  const known = table.rows.get(key);
  const subject = name === undefined ? context.self : `${context.self}/${name}`;
  const common = { subject, message, position, group, cause };

  if (one.onlyNewer === true && known !== undefined && known.version >= one.version)
    return context.emit({ is: Outdated, ...common, amount: known.version });
  const before = add ? sumOf(known, add.field) : 0;
  const sum = before + (add?.amount ?? 0);
  if (add?.min !== undefined && sum < add.min)
    return context.emit({ is: Refused, ...common, amount: before });

  const version = add ? (known?.version ?? 0) + 1 : one.version;
  table.writes++;
  table.rows.set(key, {
    version,
    // an update names some columns and leaves the others as they are
    fields: { ...known?.fields, ...one.fields, ...(add ? { [add.field]: sum } : {}) },
    changedAt: context.now,
    writes: (known?.writes ?? 0) + 1,
    message,
    sum: add?.field ?? known?.sum ?? null,
  });
  // what is noted beside the main table is no effect of the message: it is how somebody remembers it
  if (name !== undefined) return context.emit({ is: Noted, ...common, amount: version });
  return context.emit({ is: add ? Added : Written, ...common, amount: add ? sum : version });
}

function sumOf(row: KeptRow | undefined, field: string): number {
  const value = row?.fields[field];
  return typeof value === 'number' ? value : 0;
}

function read(state: Store, { ticket, table: name, key, where, limit }: ReadRequest): ReadResponse {
  const table = tableOf(state, name);
  const rows = [];
  for (const [each, { version, fields, message }] of table?.rows ?? []) {
    if (rows.length >= (limit ?? Infinity)) break;
    if (key !== undefined && each !== key) continue;
    if (where && Object.keys(where).some((column) => fields[column] !== where[column])) continue;
    rows.push({ key: each, version, fields, message });
  }
  return { type: 'ReadResponse', ticket, rows };
}

function wipe(state: Store, context: Context): void {
  context.emit({ is: Wiped, subject: context.self, amount: state.main.rows.size });
  state.main.rows = new Map();
  state.others = new Map();
  state.wipedAt = context.now;
}

function tableOf(state: Store, name: string | undefined): Table | undefined {
  return name === undefined ? state.main : state.others.get(name);
}

function madeTable(state: Store, name: string | undefined): Table {
  let table = tableOf(state, name);
  if (!table) state.others.set(name!, (table = newTable()));
  return table;
}

function newTable(): Table {
  return { rows: new Map(), writes: 0 };
}

function copyOf({ rows, writes }: Table): Table {
  return { rows: new Map(rows), writes };
}

/** Each table is a store on stage: the main one under the name of its process, the others under theirs. */
function describe(state: Store, look: Look): PartPicture {
  const { name, wipedAt } = state;
  const shapes = [shapeOf(name, state.main, wipedAt, look, false)];
  for (const [other, table] of state.others)
    shapes.push(shapeOf(`${name}/${other}`, table, wipedAt, look, true));
  return { shapes };
}

function shapeOf(
  address: string,
  table: Table,
  wipedAt: Time | null,
  look: Look,
  notes: boolean,
): StoreShape {
  const keys = [...table.rows.keys()].sort((a, b) => (a < b ? -1 : 1)).slice(0, look.rows);
  const rows = keys.map((key): Row => {
    const { version, fields, changedAt, writes, message, sum } = table.rows.get(key)!;
    const face = look.face(message);
    const value = sum !== null ? String(fields[sum]) : notes ? face.label : null;
    return { key, version, fields, changedAt, writes, face, ...(value === null ? {} : { value }) };
  });
  const { writes } = table;
  const name = address.replace('/', ' ');
  return { shape: 'store', address, name, rows, rowCount: table.rows.size, wipedAt, writes };
}
