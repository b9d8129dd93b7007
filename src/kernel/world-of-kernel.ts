import { noCause, type FactId, type NewFact } from './fact';
import type { Kernel } from './kernel';
import type { Tagged } from './machine';
import type { Connection } from './network';
import type { ProcessSlot } from './process';
import { invariant } from './invariant';
import type { Duration, Time } from './time';
import { eventKinds } from './queue';
import type { Later, World } from './world';

/** Who did what came from outside: person or schedule. */
export const operator = 'operator';

/** The world as inputs may change it. Everything here happens between two events. */
export class KernelWorld implements World {
  private readonly kernel: Kernel;
  private lastFact: FactId = noCause;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** A new input: nothing has led to it. */
  begin(): void {
    this.lastFact = noCause;
  }

  get now(): Time {
    return this.kernel.now;
  }

  has(target: string): boolean {
    return this.kernel.process(target) !== undefined || this.kernel.part(target) !== undefined;
  }

  crash(process: string, reason: string): void {
    this.kernel.fates.crash(this.find(process), reason, null, this.lastFact);
  }

  takeDown(process: string, delay: Duration | null): void {
    this.kernel.fates.crash(this.find(process), 'taken down', null, this.lastFact, { restartAfter: delay });
  }

  restart(process: string): void {
    this.kernel.fates.restart(this.find(process), this.lastFact);
  }

  setRestartAfter(process: string, delay: Duration | null): void {
    this.find(process).condition.restartAfter = delay;
  }

  pin(process: string, step: string, nth: number): void {
    const { pins } = this.find(process).condition;
    const known = pins.find((pin) => pin.step === step);
    if (known) known.remaining = nth;
    else pins.push({ step, remaining: nth });
  }

  unpin(process: string, step: string): void {
    const condition = this.find(process).condition;
    condition.pins = condition.pins.filter((pin) => pin.step !== step);
  }

  setSlowness(process: string, factor: number): void {
    this.find(process).condition.slowness = factor;
  }

  cut(from: string, to: string): void {
    for (const [a, b] of this.directions(from, to)) this.kernel.network.link(a, b).cut = true;
  }

  heal(from: string, to: string): void {
    for (const [a, b] of this.directions(from, to)) {
      const link = this.kernel.network.link(a, b);
      if (!link.cut) continue;
      link.cut = false;
      for (const connection of [...this.kernel.network.connections.values()]) this.release(connection, a, b);
    }
  }

  setExtraLatency(from: string, to: string, delay: Duration): void {
    for (const [a, b] of this.directions(from, to)) this.kernel.network.link(a, b).extra = delay;
  }

  command(target: string, command: Tagged): void {
    const part = this.kernel.part(target);
    invariant(part !== undefined, `there is a process or part "${target}" to command`);
    if (part.process.condition.up) this.kernel.dispatch(part, command, this.lastFact, 0, null);
  }

  configure(target: string, changed: Readonly<Record<string, unknown>>): void {
    const part = this.kernel.part(target);
    invariant(part !== undefined, `there is a part "${target}" to configure`);
    const { machine } = part;
    invariant('configure' in machine, `a "${machine.kind}" can be changed while it runs`);
    machine.configure?.(part.state, changed);
  }

  later(delay: Duration, action: Later): void {
    const { now, queue } = this.kernel;
    const command = { type: 'Action', ...action };
    queue.push(now + Math.round(delay), eventKinds.action, -1, 0, now, this.lastFact, command);
  }

  emit(fact: NewFact): FactId {
    return (this.lastFact = this.kernel.record(operator, fact.cause ?? noCause, fact));
  }

  /** What waited on the link goes on its way, in order; an end that closed meanwhile is reported now. */
  private release(connection: Connection, from: number, to: number): void {
    const { parts, network } = this.kernel;
    const aProcess = parts[connection.a].process.index;
    const bProcess = parts[connection.b].process.index;
    const link = network.link(from, to);
    if (aProcess === from && bProcess === to) {
      const held = connection.heldToB;
      connection.heldToB = [];
      for (const { message, cause, sentAt } of held)
        this.kernel.sockets.deliverLater(connection, true, link, message, cause, sentAt);
      if (connection.closedBy === connection.a)
        this.kernel.sockets.noticeLater(connection, link, this.lastFact);
    }
    if (bProcess === from && aProcess === to) {
      const held = connection.heldToA;
      connection.heldToA = [];
      for (const { message, cause, sentAt } of held)
        this.kernel.sockets.deliverLater(connection, false, link, message, cause, sentAt);
      if (connection.closedBy === connection.b)
        this.kernel.sockets.noticeLater(connection, link, this.lastFact);
    }
  }

  private directions(from: string, to: string): [number, number][] {
    const a = this.find(from).index;
    const b = this.find(to).index;
    return [
      [a, b],
      [b, a],
    ];
  }

  private find(name: string): ProcessSlot {
    const process = this.kernel.process(name);
    invariant(process !== undefined, `there is a process "${name}"`);
    return process;
  }
}
