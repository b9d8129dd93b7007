import { factType, type FactId } from './fact';
import type { Kernel } from './kernel';
import type { ProcessSlot } from './process';
import { eventKinds } from './queue';
import type { Duration } from './time';

const Crashed = factType('crashed', 'ProcessCrashed');
const Restarted = factType('restarted', 'ProcessRestarted');

/** How processes end and begin again: crashed from outside or at a named step, and started after a while or by hand. */
export class Fates {
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** `takenDown` stands for what the process's setup says about starting again. */
  crash(
    process: ProcessSlot,
    reason: string,
    brokeBefore: string | null,
    cause: FactId,
    takenDown: { readonly restartAfter: Duration | null } | null = null,
  ): void {
    const condition = process.condition;
    if (!condition.up) return;
    const fact = this.kernel.record(process.name, cause, {
      is: Crashed,
      subject: process.name,
      detail: reason,
    });
    condition.up = false;
    condition.takenDown = takenDown !== null;
    condition.since = this.kernel.now;
    condition.brokeBefore = brokeBefore;
    this.kernel.locals.clear();
    for (const connection of [...this.kernel.network.connections.values()]) {
      const mine = this.kernel.parts[connection.a].process === process ? connection.a : connection.b;
      if (this.kernel.parts[mine].process === process) this.kernel.sockets.closeEnd(connection, mine, fact);
    }
    this.kernel.queue.removeWhere(
      (kind, target) =>
        kind !== eventKinds.restart && target >= 0 && this.kernel.parts[target].process === process,
    );
    for (const part of process.parts) {
      part.machine.restart(part.state);
      part.peers.clear();
    }
    const { restartAfter } = takenDown ?? condition;
    if (restartAfter !== null) {
      this.kernel.queue.push(
        this.kernel.now + restartAfter,
        eventKinds.restart,
        process.parts[0].index,
        0,
        this.kernel.now,
        fact,
        null,
      );
    }
  }

  restart(process: ProcessSlot, cause: FactId): void {
    const condition = process.condition;
    if (condition.up) return;
    condition.up = true;
    condition.since = this.kernel.now;
    condition.incarnation++;
    condition.brokeBefore = null;
    const first = process.parts[0].index;
    this.kernel.queue.removeWhere((kind, target) => kind === eventKinds.restart && target === first);
    const fact = this.kernel.record(process.name, cause, {
      is: Restarted,
      subject: process.name,
      amount: condition.incarnation,
    });
    this.kernel.scheduleStart(process, this.kernel.now, fact);
  }

  /** A pin at this step is due: the process is down now. */
  breaksAt(process: ProcessSlot, step: string, cause: FactId): boolean {
    const pins = process.condition.pins;
    const index = pins.findIndex((pin) => pin.step === step);
    if (index < 0 || --pins[index].remaining > 0) return false;
    pins.splice(index, 1);
    this.crash(process, `before ${step}`, step, cause);
    return true;
  }
}
