/** Jobs of a service that takes deliveries: what a handler holds between being called and having answered. */
import type { Handle, Handled, HandlingFailed } from '../kernel/delivery';
import type { LatencyTable } from '../kernel/distribution';
import type { Context } from '../kernel/machine';
import type { Look } from '../kernel/part';
import type { Process } from '../kernel/shape';
import type { Duration, Time } from '../kernel/time';

/** One delivery in the hands of a service. Immutable. */
export interface Job {
  readonly handle: Handle;
  readonly since: Time;
  /** When the handler's time is over; null while that depends on somebody else. */
  readonly until: Time | null;
}

/** Named step: the handler's time is over, now it has its effect. */
export interface Apply {
  readonly type: 'Apply';
  readonly step: 'apply';
  readonly ticket: number;
}

/** The handler works for as long as `latency` says, longer when the process is slow; then comes the step "apply". */
export function takeTime(handle: Handle, latency: LatencyTable, context: Context): Job {
  const apply: Apply = { type: 'Apply', step: 'apply', ticket: handle.ticket };
  const duration = sampled(latency, context);
  const { now } = context;
  if (duration === 0) context.tell(context.part, apply);
  else context.after(duration, apply);
  return { handle, since: now, until: now + duration };
}

/** Looked for from the front, where it is as a rule. */
export function jobOf<Held extends Job>(jobs: readonly Held[], ticket: number): Held | undefined {
  for (let at = 0; at < jobs.length; at++) if (jobs[at].handle.ticket === ticket) return jobs[at];
  return undefined;
}

/** A duration of work in this process. */
export function sampled(latency: LatencyTable, context: Context): Duration {
  if (latency.quantiles === null && latency.constant === 0) return 0;
  return Math.round(context.random('work').sample(latency) * context.slowness);
}

/** The effect has happened: now, or, as `how` may say, before. */
export function answer(
  { replyTo, ticket }: Handle,
  context: Context,
  how?: Pick<Handled, 'duplicate'>,
): void {
  const handled: Handled = how ? { type: 'Handled', ticket, ...how } : { type: 'Handled', ticket };
  context.tell(replyTo, handled);
}

/** The handler throws. */
export function refuse({ replyTo, ticket }: Handle, error: string, context: Context): void {
  const failed: HandlingFailed = { type: 'HandlingFailed', ticket, error };
  context.tell(replyTo, failed);
}

/** Of one job: what the service works on, and the step it is in. */
export function describeJob(job: Job | undefined, step: string, look: Look): Partial<Process> {
  if (!job) return {};
  return {
    current: look.face(job.handle.delivery.message),
    step: { name: step, since: job.since, until: job.until },
  };
}
