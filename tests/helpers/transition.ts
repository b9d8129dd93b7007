import { Bodies, type MessageId } from '../../src/kernel/bodies';
import { noCause, type FactId, type FactKind, type NewFact } from '../../src/kernel/fact';
import { Hasher } from '../../src/kernel/hash';
import type {
  ConnectionId,
  Context,
  KernelCommand,
  Machine,
  Tagged,
  TimerId,
} from '../../src/kernel/machine';
import { Streams, type Random } from '../../src/kernel/random';
import type { Duration, Time } from '../../src/kernel/time';
import { notedFact } from './write-fact';

/** The world as one command finds it. Everything has a quiet default; randomness has none. */
export interface Setting {
  readonly now?: Time;
  readonly self?: string;
  readonly part?: string;
  readonly incarnation?: number;
  readonly connection?: ConnectionId;
  readonly sender?: string;
  readonly cause?: FactId;
  readonly slowness?: number;
  /** Drawing from a source that is not given here fails the test. */
  readonly random?: (source: string) => Random;
  readonly bodies?: Bodies;
  /** The observer's notebook; empty unless given. */
  readonly notes?: Map<string, readonly number[]>;
  /** Numbers the next fact and the next timer get: pass on `outcome.next` to go on where a transition ended. */
  readonly nextFact?: FactId;
  readonly nextTimer?: TimerId;
}

/** A fact as a test reads it: only what the machine said, with the type taken apart. */
export interface SaidFact {
  readonly kind: FactKind;
  readonly type: string;
  readonly subject: string;
  readonly message?: MessageId;
  readonly position?: number;
  readonly amount?: number;
  readonly group?: string;
  readonly detail?: string;
  readonly cause?: FactId;
}

/** Everything one command did. */
export interface Outcome<State> {
  readonly state: State;
  readonly facts: readonly SaidFact[];
  readonly sent: readonly { readonly to: string; readonly message: Tagged }[];
  readonly replies: readonly { readonly connection: ConnectionId; readonly message: Tagged }[];
  readonly told: readonly { readonly part: string; readonly command: Tagged }[];
  readonly timers: readonly { readonly id: TimerId; readonly at: Time; readonly command: Tagged }[];
  readonly cancelled: readonly TimerId[];
  readonly disconnected: readonly string[];
  /** On connections of their own, numbered from 1001 on, never twice if facts are counted on. */
  readonly requests: readonly {
    readonly connection: ConnectionId;
    readonly to: string;
    readonly message: Tagged;
  }[];
  readonly abandoned: readonly ConnectionId[];
  readonly next: { readonly nextFact: FactId; readonly nextTimer: TimerId };
}

/**
 * The pure reading of a machine: (state, command, setting) → outcome. The state handed in stays as it was; a clone
 * that shares something changeable is found out and fails the test, and so is a machine that changes what it was
 * told or what it has sent.
 */
export function transition<State, Command extends Tagged>(
  machine: Machine<State, Command, any>,
  state: State,
  command: Command | KernelCommand,
  setting: Setting = {},
): Outcome<State> {
  const before = hashOf(state);
  const copy = machine.clone(state);
  if (hashOf(copy) !== before) throw new Error(`${machine.kind}: clone() returns a different state.`);
  const context = new RecordingContext(setting);
  machine.apply(copy, frozen(command), context);
  if (hashOf(state) !== before)
    throw new Error(`${machine.kind}: clone() shares a part that ${command.type} changed.`);
  return context.outcome(copy);
}

/** Seeded streams by name, as in a run. */
export function seeded(seed: number): (source: string) => Random {
  const streams = new Streams(seed);
  return (source) => streams.stream(source);
}

export function hashOf(state: unknown): string {
  const hasher = new Hasher();
  hasher.value(state);
  return hasher.hex();
}

/** A context that only takes notes. */
export class RecordingContext implements Context {
  readonly facts: SaidFact[] = [];
  readonly sent: { to: string; message: Tagged }[] = [];
  readonly replies: { connection: ConnectionId; message: Tagged }[] = [];
  readonly told: { part: string; command: Tagged }[] = [];
  readonly timers: { id: TimerId; at: Time; command: Tagged }[] = [];
  readonly cancelled: TimerId[] = [];
  readonly disconnected: string[] = [];
  readonly requests: { connection: ConnectionId; to: string; message: Tagged }[] = [];
  readonly abandoned: ConnectionId[] = [];
  readonly now: Time;
  readonly self: string;
  readonly part: string;
  readonly incarnation: number;
  readonly connection: ConnectionId;
  readonly sender: string;
  readonly cause: FactId;
  readonly slowness: number;
  readonly notes: Map<string, readonly number[]>;
  private readonly setting: Setting;
  private readonly bodies: Bodies;
  private readonly nextFact: FactId;
  private readonly nextTimer: TimerId;

  constructor(setting: Setting) {
    this.setting = setting;
    this.now = setting.now ?? 0;
    this.self = setting.self ?? 'self';
    this.part = setting.part ?? 'part';
    this.incarnation = setting.incarnation ?? 0;
    this.connection = setting.connection ?? 1;
    this.sender = setting.sender ?? 'client/driver';
    this.cause = setting.cause ?? noCause;
    this.slowness = setting.slowness ?? 1;
    this.bodies = setting.bodies ?? new Bodies();
    this.notes = setting.notes ?? new Map();
    this.nextFact = setting.nextFact ?? 0;
    this.nextTimer = setting.nextTimer ?? 1;
  }

  outcome<State>(state: State): Outcome<State> {
    const { facts, sent, replies, told, timers, cancelled, disconnected, requests, abandoned } = this;
    const next = { nextFact: this.nextFact + facts.length, nextTimer: this.nextTimer + timers.length };
    return {
      ...{ state, facts, sent, replies, told, timers },
      ...{ cancelled, disconnected, requests, abandoned, next },
    };
  }

  random(source: string): Random {
    if (!this.setting.random) throw new Error(`Drew from "${source}", but the test gave no random source.`);
    return this.setting.random(source);
  }

  emit({ is, ...fact }: NewFact): FactId {
    this.facts.push({ kind: is.kind, type: is.name, ...fact });
    return this.nextFact + this.facts.length - 1;
  }

  note(...noted: Parameters<Context['note']>): FactId {
    return this.emit(notedFact(...noted));
  }

  compose(body: Parameters<Bodies['add']>[0]): MessageId {
    return this.bodies.add(body);
  }

  body(message: MessageId) {
    return this.bodies.get(message);
  }

  tell(part: string, command: Tagged): void {
    this.told.push({ part, command: frozen(command) });
  }

  send(to: string, message: Tagged): void {
    this.sent.push({ to, message: frozen(message) });
  }

  reply(connection: ConnectionId, message: Tagged): void {
    this.replies.push({ connection, message: frozen(message) });
  }

  request(to: string, message: Tagged): ConnectionId {
    const connection = 1001 + this.nextFact * 100 + this.requests.length;
    this.requests.push({ connection, to, message: frozen(message) });
    return connection;
  }

  abandon(request: ConnectionId): void {
    this.abandoned.push(request);
  }

  disconnect(to: string): void {
    this.disconnected.push(to);
  }

  after(delay: Duration, command: Tagged): TimerId {
    if (!(delay >= 0)) throw new Error(`${command.type} is set ${delay} µs from now, which is in the past.`);
    const id = this.nextTimer + this.timers.length;
    this.timers.push({ id, at: this.now + Math.round(delay), command: frozen(command) });
    return id;
  }

  cancel(timer: TimerId): void {
    this.cancelled.push(timer);
  }
}

/** Commands and messages are immutable once sent; here that is enforced. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value))
    return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
}
