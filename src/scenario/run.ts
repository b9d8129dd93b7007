import { Hasher } from '../kernel/hash';
import { invariant } from '../kernel/invariant';
import type { Kernel } from '../kernel/kernel';
import type { Snapshot } from '../kernel/snapshot';
import type { FactId } from '../kernel/fact';
import type { Time } from '../kernel/time';
import { Trace } from '../kernel/trace';
import { buildKernel } from './build';
import { checkEdits } from './design';
import { ForkNeeded, RunBound } from './host';
import type { Registry } from './registry';
import type { Action, Input, Recording } from './scenario';

const snapshotEvery = 10_000;
const snapshotsMax = 256;

/** A run stops here and says so: a history this long no longer teaches, and memory has a bound. */
export const eventsMax = 10_000_000;

/** Hash of a history up to `end`, where the kernel stands. */
export function hashOf(trace: Trace, kernel: Kernel, end: Time): string {
  const hasher = new Hasher();
  trace.hashInto(hasher, trace.countAt(end));
  kernel.hashInto(hasher);
  return hasher.hex();
}

/**
 * A run one can go anywhere in. It owns a kernel that stands at some instant, the trace of everything computed so
 * far, and snapshots to come back by. Acting at the frontier changes the future; acting earlier needs a fork.
 */
export class Run {
  readonly trace: Trace;
  private readonly kernel: Kernel;
  private readonly registry: Registry;
  private readonly start: Recording;
  private inputs: readonly Input[];
  private snapshots: Snapshot[];
  private spacing = snapshotEvery;
  private frontierTime: Time = 0;

  constructor(
    recording: Recording,
    registry: Registry,
    shared?: { trace: Trace; kernel: Kernel; snapshots: Snapshot[] },
  ) {
    if (!shared) checkEdits(recording, registry);
    this.start = recording;
    this.inputs = recording.inputs;
    this.registry = registry;
    this.trace = shared?.trace ?? new Trace();
    this.kernel = shared?.kernel ?? buildKernel(recording, registry, this.trace);
    this.snapshots = shared?.snapshots ?? [this.kernel.save()];
  }

  get recording(): Recording {
    return { ...this.start, inputs: this.inputs };
  }

  /** Everything up to here has been computed. */
  get frontier(): Time {
    return this.frontierTime;
  }

  /** The world at the instant last sought. Read only. */
  get world(): Kernel {
    return this.kernel;
  }

  get snapshotCount(): number {
    return this.snapshots.length;
  }

  /** Snapshots and what they hold, for checks: "from every snapshot, replay equals the straight run". */
  get saved(): readonly Snapshot[] {
    return this.snapshots;
  }

  /** Goes to the state after every event with time ≤ `time`, computing on when that has not happened yet. */
  seek(time: Time): void {
    const best = this.lastSnapshot((snapshot) => snapshot.time <= time);
    if (this.kernel.now > time || best.eventCount > this.kernel.eventCount) this.kernel.load(best);
    this.runOn(time);
    if (time > this.frontierTime) this.frontierTime = time;
  }

  /** Goes to the state right after the event that made this fact. */
  seekFact(fact: FactId): void {
    invariant(fact >= 0 && fact < this.trace.length, 'a fact to go to is in the history');
    const best = this.lastSnapshot((snapshot) => snapshot.factCount <= fact);
    if (this.kernel.factCount > fact || best.eventCount > this.kernel.eventCount) this.kernel.load(best);
    const found = this.kernel.runThroughFact(fact, this.frontierTime);
    invariant(found, 'replay reaches every fact of the history');
  }

  /**
   * Does `action` at `time`, which must be the frontier.
   * Throws ForkNeeded when something has already been computed after `time`.
   */
  act(action: Action, time: Time): Input {
    if (time < this.frontierTime)
      throw new ForkNeeded(
        `This run has already happened up to ${this.frontierTime}; fork it to act at ${time}.`,
      );
    checkEdits({ ...this.start, inputs: [{ time, order: 0, action }] }, this.registry);
    this.seek(time);
    const input: Input = { time, order: this.inputs.length, action };
    this.inputs = [...this.inputs, input];
    this.kernel.addInput({ time, action });
    this.seek(time);
    return input;
  }

  /** A run with the same past up to and including `time`, and none of this one's later inputs. */
  fork(time: Time): Run {
    const at = Math.min(time, this.frontierTime);
    const recording = { ...this.start, inputs: this.inputs.filter((input) => input.time <= at) };
    const trace = this.trace.fork(this.trace.countAt(at));
    const kernel = buildKernel(recording, this.registry, trace, this.kernel.bodies.fork());
    const snapshots = this.snapshots.filter((snapshot) => snapshot.time <= at);
    const run = new Run(recording, this.registry, { trace, kernel, snapshots });
    kernel.load(snapshots[snapshots.length - 1]);
    run.spacing = this.spacing;
    run.seek(at);
    kernel.bodies.forgetLater();
    return run;
  }

  /** History hash at `end`: every fact column up to it and the states then. */
  hash(end: Time): string {
    this.seek(end);
    return hashOf(this.trace, this.kernel, end);
  }

  private runOn(time: Time): void {
    for (;;) {
      const stop = Math.min(this.nextSnapshotAt, eventsMax);
      const arrived = this.kernel.runUntil(time, stop);
      if (arrived) return;
      if (this.kernel.eventCount >= eventsMax) {
        throw new RunBound(
          `This run has reached ${eventsMax} events and stops at ${this.kernel.now / 1e6} s.`,
        );
      }
      this.keepSnapshot();
    }
  }

  /** Event count at which the next snapshot is due: only beyond the last one, never while replaying. */
  private get nextSnapshotAt(): number {
    return this.snapshots[this.snapshots.length - 1].eventCount + this.spacing;
  }

  private keepSnapshot(): void {
    this.snapshots.push(this.kernel.save());
    if (this.snapshots.length <= snapshotsMax) return;
    this.snapshots = this.snapshots.filter((_, index) => index % 2 === 0);
    this.spacing *= 2;
  }

  private lastSnapshot(fits: (snapshot: Snapshot) => boolean): Snapshot {
    for (let index = this.snapshots.length - 1; index > 0; index--)
      if (fits(this.snapshots[index])) return this.snapshots[index];
    return this.snapshots[0];
  }
}
