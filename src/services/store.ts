/**
 * A database with one table of rows by key. A transaction is one command: all of its writes happen, or none, and what
 * has happened survives a crash. Simplified: no reads over the network, no isolation to speak of (one transaction at a
 * time), and it takes no time beyond the way there and back.
 */
import { factType, noCause, type FactId } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand } from '../kernel/machine';
import type { GivenOptions } from '../kernel/options';
import type { Look, Part, PartPicture } from '../kernel/part';
import type { Row } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { TransactRequest, TransactResponse, WipeStore, Write } from './store-protocol';

/** One row. Replaced by every write, never changed. */
interface StoredRow {
  readonly version: number;
  readonly fields: Write['fields'];
  readonly changedAt: Time;
  readonly writes: number;
  readonly message: MessageId;
}

export interface Store {
  /** Name of its process, once it has been started: it describes itself under that address. */
  name: string;
  rows: Map<string, StoredRow>;
  writes: number;
  wipedAt: Time | null;
}

const Written = factType('applied', 'RowWritten');
const Outdated = factType('outdated', 'WriteOutdated');
const Wiped = factType('changed', 'StoreWiped');

export const part: Part<Store, TransactRequest | WipeStore, GivenOptions> = {
  options: [],
  machine: {
    kind: 'store',
    init: () => ({ name: '', rows: new Map(), writes: 0, wipedAt: null }),
    apply,
    // rows are on disk, and a transaction is over before anything else can happen
    restart: () => undefined,
    clone: (state) => ({ ...state, rows: new Map(state.rows) }),
  },
  describe,
};

function apply(state: Store, command: TransactRequest | WipeStore | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      state.name = context.self;
      return;
    case 'TransactRequest': {
      const fact = transact(state, command, context);
      const response: TransactResponse = { type: 'TransactResponse', ticket: command.ticket, fact };
      return context.reply(context.connection, response);
    }
    case 'WipeStore':
      return wipe(state, context);
    case 'ConnectionClosed':
      return;
  }
}

/** Carries out every write; the last fact it made, or −1 when there was nothing to write. */
function transact(state: Store, request: TransactRequest, context: Context): FactId {
  const { message, position, group, cause } = request;
  let last = noCause;
  for (const write of request.writes) {
    const known = state.rows.get(write.key);
    const outdated = write.onlyNewer === true && known !== undefined && known.version >= write.version;
    const amount = outdated ? known.version : write.version;
    last = context.emit({
      is: outdated ? Outdated : Written,
      subject: context.self,
      message,
      position,
      group,
      amount,
      cause,
    });
    if (outdated) continue;
    state.writes++;
    state.rows.set(write.key, {
      version: write.version,
      // an update names some columns and leaves the others as they are
      fields: known ? { ...known.fields, ...write.fields } : write.fields,
      changedAt: context.now,
      writes: (known?.writes ?? 0) + 1,
      message,
    });
  }
  return last;
}

function wipe(state: Store, context: Context): void {
  context.emit({ is: Wiped, subject: context.self, amount: state.rows.size });
  state.rows = new Map();
  state.wipedAt = context.now;
}

function describe(state: Store, look: Look): PartPicture {
  const keys = [...state.rows.keys()].sort((a, b) => (a < b ? -1 : 1)).slice(0, look.rows);
  const rows = keys.map((key): Row => {
    const { version, fields, changedAt, writes, message } = state.rows.get(key)!;
    return { key, version, fields, changedAt, writes, face: look.face(message) };
  });
  const { name, wipedAt, writes } = state;
  const rowCount = state.rows.size;
  return { shapes: [{ shape: 'store', address: name, name, rows, rowCount, wipedAt, writes }] };
}
