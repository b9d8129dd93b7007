import { Bodies } from './bodies';
import { PartContext } from './context';
import type { LatencyTable } from './distribution';
import { noCause, type FactId, type FactSink, type FactType, type NewFact } from './fact';
import type { Hasher } from './hash';
import { invariant } from './invariant';
import type { Tagged } from './machine';
import { Fates } from './fates';
import { Network, type Link } from './network';
import { Sockets } from './sockets';
import {
  copyCondition,
  LocalCommands,
  newCondition,
  type PartSlot,
  type ProcessSetup,
  type ProcessSlot,
} from './process';
import { eventKinds, EventQueue } from './queue';
import { Streams } from './random';
import type { Snapshot } from './snapshot';
import { unboxed, type Time } from './time';
import type { World } from './world';
import { KernelWorld } from './world-of-kernel';

/** Something done to the world from outside, at a time. What `action` means is the caller's business. */
export interface KernelInput {
  readonly time: Time;
  readonly action: unknown;
}

export interface KernelOptions {
  readonly seed: number;
  readonly processes: readonly ProcessSetup[];
  /** Latency of the link between two processes, by name. */
  latency(from: string, to: string): LatencyTable;
  /** Carries out an input's action. Runs when the input is due. */
  act(world: World, action: unknown): void;
  /** Sorted by time; equal times in order of entry. */
  readonly inputs?: readonly KernelInput[];
  readonly sink?: FactSink | null;
  readonly bodies?: Bodies;
}

/** Commands that may follow from one event without time passing; more is an endless loop between two parts. */
const localCommandsMax = 1_000_000;

/**
 * The loop: take the next event, apply it to its part, record what happened. Knows processes, parts, connections
 * and timers, and nothing about brokers. The same options and inputs give the same history everywhere.
 */
export class Kernel {
  now: Time = 0;
  /** Events and inputs taken so far. */
  eventCount = 0;
  factCount = 0;
  sink: FactSink | null;
  bodies: Bodies;
  readonly queue = new EventQueue();
  readonly processes: ProcessSlot[] = [];
  readonly parts: PartSlot[] = [];
  readonly network: Network;
  readonly streams: Streams;
  notes = new Map<string, readonly number[]>();
  readonly locals = new LocalCommands();
  readonly sockets: Sockets;
  readonly fates: Fates;
  private readonly byName = new Map<string, ProcessSlot>();
  private readonly byAddress = new Map<string, PartSlot>();
  private readonly context: PartContext;
  private readonly world: KernelWorld;
  private readonly options: KernelOptions;
  private inputs: readonly KernelInput[];
  private inputCount = 0;

  constructor(options: KernelOptions) {
    this.options = options;
    this.sink = options.sink ?? null;
    this.bodies = options.bodies ?? new Bodies();
    this.inputs = options.inputs ?? [];
    this.streams = new Streams(options.seed);
    this.network = new Network((from, to) => this.makeLink(from, to));
    this.sockets = new Sockets(this);
    this.fates = new Fates(this);
    this.context = new PartContext(this);
    this.world = new KernelWorld(this);
    for (const setup of options.processes) this.addProcess(setup);
    for (const process of this.processes) this.scheduleStart(process, 0, noCause);
  }

  /** Time of the next event or input; Infinity when the run is over. */
  get nextTime(): Time {
    return Math.min(this.queue.nextTime, this.nextInputTime);
  }

  /**
   * Takes every event and input due at or before `time`, at most until `eventsMax` have been taken in all.
   * At one instant events come first, then inputs, then what those inputs caused. false: stopped by the limit.
   */
  runUntil(time: Time, eventsMax = Infinity): boolean {
    for (;;) {
      const event = this.queue.nextTime;
      const input = this.nextInputTime;
      if (event > time && input > time) break;
      if (this.eventCount >= eventsMax) return false;
      if (event <= input) this.takeEvent(event);
      else this.takeInput();
    }
    if (time > this.now && time < Infinity) this.now = time;
    return true;
  }

  /** Takes the event or input that makes fact `id`, and no further one. false: the run ends or `until` comes before that. */
  runThroughFact(id: FactId, until: Time): boolean {
    while (this.factCount <= id) {
      const event = this.queue.nextTime;
      const input = this.nextInputTime;
      if (event > until && input > until) return false;
      if (event <= input) this.takeEvent(event);
      else this.takeInput();
    }
    return true;
  }

  /** Adds an input at or after the present time. */
  addInput(input: KernelInput): void {
    invariant(input.time >= this.now, 'an input is not earlier than the present');
    let place = this.inputs.length;
    while (place > this.inputCount && this.inputs[place - 1].time > input.time) place--;
    this.inputs = [...this.inputs.slice(0, place), input, ...this.inputs.slice(place)];
  }

  /** A process that joins in mid-run, as a script makes clients. Snapshots belong to runs that have all from the start. */
  add(setup: ProcessSetup): void {
    for (const part of this.addProcess(setup).parts) this.dispatch(part, { type: 'Start' }, noCause, 0, null);
  }

  process(name: string): ProcessSlot | undefined {
    return this.byName.get(name);
  }

  /** "process" (its first part) or "process/part". */
  part(address: string): PartSlot | undefined {
    return this.byAddress.get(address);
  }

  record(process: string, cause: FactId, fact: NewFact): FactId {
    const { is, subject, message = -1, position = -1, group = '', amount = 0, detail = '' } = fact;
    return this.note(process, cause, is, subject, message, position, group, amount, detail);
  }

  /** The same in columns, as sinks are shown it. */
  note(
    process: string,
    cause: FactId,
    is: FactType,
    subject: string,
    message: number,
    position: number,
    group: string,
    amount: number,
    detail: string,
  ): FactId {
    const id = this.factCount++;
    const { sink } = this;
    if (sink !== null)
      sink.write(id, this.now, process, cause, is, subject, message, position, group, amount, detail);
    return id;
  }

  save(): Snapshot {
    return {
      time: this.now,
      eventCount: this.eventCount,
      factCount: this.factCount,
      bodyCount: this.bodies.count,
      inputCount: this.inputCount,
      queue: this.queue.save(),
      network: this.network.save(),
      streams: this.streams.save(),
      notes: new Map(this.notes),
      conditions: this.processes.map(({ condition }) => copyCondition(condition)),
      states: this.parts.map(({ machine, state }) => machine.clone(state) as unknown),
    };
  }

  /** Goes back (or on) to a snapshot of this run or of the run it was forked from. */
  load(saved: Snapshot): void {
    invariant(saved.states.length === this.parts.length, 'a snapshot belongs to a run with the same parts');
    this.now = saved.time;
    this.eventCount = saved.eventCount;
    this.factCount = saved.factCount;
    this.bodies.rewind(saved.bodyCount);
    this.inputCount = saved.inputCount;
    this.queue.load(saved.queue);
    this.network.load(saved.network);
    this.streams.load(saved.streams);
    this.notes = new Map(saved.notes);
    this.locals.clear();
    for (const process of this.processes) process.condition = copyCondition(saved.conditions[process.index]);
    for (const part of this.parts) {
      part.state = part.machine.clone(saved.states[part.index]);
      part.peers.clear();
    }
  }

  /** Every part's state and every process's condition, for the history hash. */
  hashInto(hasher: Hasher): void {
    for (const process of this.processes) {
      hasher.text(process.name);
      hasher.value(process.condition);
    }
    for (const part of this.parts) {
      hasher.text(part.address);
      hasher.value(part.state);
    }
  }

  /** Hands a command to a part and lets everything follow that takes no time. */
  dispatch(
    part: PartSlot,
    command: Tagged,
    cause: FactId,
    connection: number,
    sender: PartSlot | null,
  ): void {
    this.applyTo(part, command, cause, connection, sender);
    const { locals } = this;
    for (let count = 0; locals.take(); count++) {
      invariant(
        count < localCommandsMax,
        'parts of a process do not talk to each other for ever without time passing',
      );
      this.applyTo(locals.part!, locals.command!, locals.cause, 0, locals.sender);
    }
  }

  private get nextInputTime(): Time {
    return this.inputCount < this.inputs.length ? this.inputs[this.inputCount].time : Infinity;
  }

  private takeInput(): void {
    const input = this.inputs[this.inputCount++];
    this.now = input.time;
    this.eventCount++;
    this.act(input.action);
  }

  private act(action: unknown): void {
    this.world.begin();
    this.options.act(this.world, action);
  }

  private takeEvent(time: Time): void {
    const queue = this.queue;
    const slot = queue.pop();
    const kind = queue.kindOf(slot);
    const target = queue.targetOf(slot);
    const id = queue.connectionOf(slot);
    const cause = queue.causeOf(slot);
    const command = queue.commandOf(slot)!;
    queue.release(slot);
    this.now = unboxed(time);
    this.eventCount++;
    if (kind === eventKinds.action) return this.act(command);
    const part = this.parts[target];
    if (kind === eventKinds.timer) this.dispatch(part, command, cause, 0, part);
    else if (kind === eventKinds.message) this.receive(part, id, command, cause);
    else if (kind === eventKinds.restart) this.fates.restart(part.process, cause);
    else {
      if (kind === eventKinds.notice) this.sockets.forget(id);
      this.dispatch(part, command, cause, id, null);
    }
  }

  private receive(part: PartSlot, id: number, command: Tagged, cause: FactId): void {
    const connection = this.network.connections.get(id);
    if (connection === undefined) return;
    const sender = this.parts[connection.a === part.index ? connection.b : connection.a];
    this.sockets.arrived(connection, part);
    this.dispatch(part, command, cause, id, sender);
  }

  private applyTo(
    part: PartSlot,
    command: Tagged,
    cause: FactId,
    connection: number,
    sender: PartSlot | null,
  ): void {
    const process = part.process;
    if (
      process.condition.pins.length > 0 &&
      command.step !== undefined &&
      this.fates.breaksAt(process, command.step, cause)
    )
      return;
    this.context.enter(part, cause, connection, sender);
    part.apply(part.state, command, this.context);
  }

  scheduleStart(process: ProcessSlot, time: Time, cause: FactId): void {
    for (const part of process.parts)
      this.queue.push(time, eventKinds.start, part.index, 0, time, cause, { type: 'Start' });
  }

  private makeLink(from: number, to: number): Link {
    const names = [this.processes[from].name, this.processes[to].name] as const;
    return {
      from,
      to,
      latency: this.options.latency(...names),
      random: this.streams.stream(`link ${names[0]} > ${names[1]}`),
      extra: 0,
      cut: false,
    };
  }

  private addProcess(setup: ProcessSetup): ProcessSlot {
    invariant(!this.byName.has(setup.name), `process names are unique ("${setup.name}" is used twice)`);
    const process: ProcessSlot = {
      index: this.processes.length,
      name: setup.name,
      parts: [],
      condition: newCondition(setup.restartAfter),
    };
    this.processes.push(process);
    this.byName.set(setup.name, process);
    for (const { name, machine, options } of setup.parts) {
      const address = `${setup.name}/${name}`;
      invariant(
        !this.byAddress.has(address),
        `part names are unique within a process ("${address}" is used twice)`,
      );
      const part: PartSlot = {
        index: this.parts.length,
        name,
        address,
        process,
        machine,
        apply: machine.apply.bind(machine),
        state: machine.init(options) as unknown,
        streams: new Map(),
        peers: new Map(),
      };
      this.parts.push(part);
      process.parts.push(part);
      this.byAddress.set(address, part);
      if (process.parts.length === 1) this.byAddress.set(setup.name, part);
    }
    return process;
  }
}
