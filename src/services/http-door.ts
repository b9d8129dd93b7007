/**
 * What every service that can be called does with a call until its time is over: it works for a while, some calls
 * hang, and one whose caller has given up is worked on to the end, as in most servers: nobody tells the handler.
 */
import type { MessageId } from '../kernel/bodies';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { ConnectionId, Context, Tagged } from '../kernel/machine';
import type { OptionReader, GivenOptions } from '../kernel/options';
import type { Look, OptionSpec } from '../kernel/part';
import type { Process } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { HttpRequest } from './http-protocol';
import { latencyOption, readLatency } from './latency';

/** One call in hand. Immutable. */
export interface Visit {
  readonly message: MessageId;
  readonly attempt: number;
  readonly since: Time;
  readonly until: Time;
  readonly stalled: boolean;
  readonly unheard: boolean;
}

/** Calls in hand, by the connection each came on. */
export type Visits = Map<ConnectionId, Visit>;

export interface DoorSetup {
  readonly latency: LatencyTable;
  readonly stallChance: number;
  readonly stall: LatencyTable;
}

/** Named step: the time for this call is over, now it has its effect. */
export interface Answer extends Tagged {
  readonly type: 'Answer';
  readonly step: 'apply';
  readonly request: ConnectionId;
}

const Stalled = factType('delayed', 'RequestStalled');

/** How many calls in hand the picture names. */
export const servingShown = 40;

export const doorOptions: readonly OptionSpec[] = [
  { ...latencyOption, default: 140, source: 'time it works on a call: milliseconds, or a distribution' },
  {
    name: 'stallChance',
    type: 'number',
    default: 0,
    unit: '',
    min: 0,
    max: 1,
    source: 'share of calls that hang (a lock, a collector, a lost packet)',
    takes: 'nothing',
  },
  {
    name: 'stallMs',
    type: 'number',
    default: 9000,
    unit: 'ms',
    min: 0,
    source: 'how much longer a call takes that hangs: milliseconds, or a distribution',
    takes: 'nothing',
  },
];

/** Scenario → door. Throws BadOption. */
export function readDoor(given: GivenOptions, reader: OptionReader): DoorSetup {
  return {
    latency: readLatency(given, 'latencyMs', 140),
    stallChance: reader.number('stallChance'),
    stall: readLatency(given, 'stallMs', 9000),
  };
}

/** Takes a call in hand; `Answer` says when its time is over. */
export function receive(
  visits: Visits,
  setup: DoorSetup,
  { message, attempt }: HttpRequest,
  context: Context,
): void {
  // Drawn whatever the chance is, so that another chance changes which calls stall and nothing else.
  const stalled = context.random('stall').unit() < setup.stallChance;
  const work = context.random('work').sample(setup.latency);
  const hang = stalled ? context.random('stall length').sample(setup.stall) : 0;
  const duration = Math.round((work + hang) * context.slowness);
  if (stalled) {
    const amount = Math.round(hang / 1000);
    context.emit({ is: Stalled, subject: context.self, message, amount });
  }
  const { now, connection } = context;
  visits.set(connection, { message, attempt, since: now, until: now + duration, stalled, unheard: false });
  const later: Answer = { type: 'Answer', step: 'apply', request: connection };
  context.after(duration, later);
}

/** The caller has given up. */
export function goUnheard(visits: Visits, connection: ConnectionId): void {
  const visit = visits.get(connection);
  if (visit) visits.set(connection, { ...visit, unheard: true });
}

/** Takes a call whose time is over out of hand; undefined when a crash has forgotten it. */
export function takeOut(visits: Visits, connection: ConnectionId): Visit | undefined {
  const visit = visits.get(connection);
  visits.delete(connection);
  return visit;
}

/** The calls in hand, as far as a picture names them. */
export function servingOf(
  visits: Visits,
  look: Look,
): Required<Pick<Process, 'serving' | 'inHand' | 'stalled'>> {
  const all = [...visits.values()];
  const serving = all.slice(0, servingShown).map(({ message, since, until, stalled, unheard }) => ({
    ...{ face: look.face(message), since, until, stalled, unheard, step: '' },
  }));
  return { serving, inHand: all.length, stalled: all.filter((one) => one.stalled).length };
}
