/**
 * A service that answers HTTP requests by itself: it works for a while, has its effect, and says so. Some calls stall,
 * some fail. Simplified: it works on any number of requests at once, and its effect is the fact that it happened.
 * A request whose caller has given up is worked on to the end, as in most servers: nobody tells the handler.
 */
import type { MessageId } from '../kernel/bodies';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { ConnectionId, Context, KernelCommand, Tagged } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import type { Time } from '../kernel/time';
import { cargoOf, type HttpRequest, type HttpResponse, type Status } from './http-protocol';
import { latencyOption, readLatency } from './latency';
import { isMalformed } from './malformed';

/** One request in hand. Immutable. */
interface Job {
  readonly message: MessageId;
  readonly attempt: number;
  readonly since: Time;
  readonly until: Time;
  readonly stalled: boolean;
  readonly unheard: boolean;
}

export interface HttpServer {
  options: GivenOptions;
  setup: Setup;
  /** By the connection each came on. */
  jobs: Map<ConnectionId, Job>;
  applied: number;
  lastApplied: MessageId | null;
}

interface Setup {
  readonly latency: LatencyTable;
  readonly stallChance: number;
  readonly stall: LatencyTable;
  readonly errorRate: number;
}

/** Named step: the time for this request is over, now it has its effect. */
interface Answer extends Tagged {
  readonly type: 'Answer';
  readonly step: 'apply';
  readonly request: ConnectionId;
}

const Stalled = factType('delayed', 'RequestStalled');
const Applied = factType('applied', 'RequestHandled');
const Unheard = factType('applied', 'RequestHandledUnheard');
const Failed = factType('failed', 'RequestFailed');
const Unreadable = factType('decodeFailed', 'RequestUnreadable');

const options: readonly OptionSpec[] = [
  { ...latencyOption, default: 140, source: 'time it works on a request: milliseconds, or a distribution' },
  {
    name: 'stallChance',
    type: 'number',
    default: 0,
    unit: '',
    min: 0,
    max: 1,
    source: 'share of requests that hang (a lock, a collector, a lost packet)',
    takes: 'nothing',
  },
  {
    name: 'stallMs',
    type: 'number',
    default: 9000,
    unit: 'ms',
    min: 0,
    source: 'how much longer a request takes that hangs: milliseconds, or a distribution',
    takes: 'nothing',
  },
  {
    name: 'errorRate',
    type: 'number',
    default: 0,
    unit: '',
    min: 0,
    max: 1,
    source: 'share of requests answered with 500, without effect',
    takes: 'nothing',
  },
];

export const part: Part<HttpServer, HttpRequest | Answer, GivenOptions> = {
  options,
  machine: {
    kind: 'http-server',
    init: (given) => ({ options: given, setup: read(given), jobs: new Map(), applied: 0, lastApplied: null }),
    apply,
    configure(state, changed) {
      state.options = { ...state.options, ...changed };
      state.setup = read(state.options);
    },
    restart(state) {
      state.jobs = new Map();
    },
    clone: (state) => ({ ...state, jobs: new Map(state.jobs) }),
  },
  describe,
  cargo: cargoOf,
};

function read(given: GivenOptions): Setup {
  const reader = optionReader(options, given);
  return {
    latency: readLatency(given, 'latencyMs', 140),
    stallChance: reader.number('stallChance'),
    stall: readLatency(given, 'stallMs', 9000),
    errorRate: reader.number('errorRate'),
  };
}

function apply(state: HttpServer, command: HttpRequest | Answer | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'HttpRequest':
      return take(state, command, context);
    case 'Answer':
      return answer(state, command.request, context);
    case 'ConnectionClosed': {
      const job = state.jobs.get(command.connection);
      if (job) state.jobs.set(command.connection, { ...job, unheard: true });
      return;
    }
    case 'Start':
      return;
  }
}

function take({ setup, jobs }: HttpServer, { message, attempt }: HttpRequest, context: Context): void {
  // Drawn whatever the chance is, so that another chance changes which requests stall and nothing else.
  const stalled = context.random('stall').unit() < setup.stallChance;
  const work = context.random('work').sample(setup.latency);
  const hang = stalled ? context.random('stall length').sample(setup.stall) : 0;
  const duration = Math.round((work + hang) * context.slowness);
  if (stalled) {
    const amount = Math.round(hang / 1000);
    context.emit({ is: Stalled, subject: context.self, message, amount });
  }
  const { now, connection } = context;
  jobs.set(connection, { message, attempt, since: now, until: now + duration, stalled, unheard: false });
  const later: Answer = { type: 'Answer', step: 'apply', request: connection };
  context.after(duration, later);
}

function answer(state: HttpServer, request: ConnectionId, context: Context): void {
  const job = state.jobs.get(request);
  if (!job) return;
  state.jobs.delete(request);
  const { message, attempt } = job;
  const about = { subject: context.self, message, amount: attempt };
  if (isMalformed(context.body(message))) {
    context.emit({ is: Unreadable, ...about });
    return reply(request, message, 400, context);
  }
  if (context.random('errors').unit() < state.setup.errorRate) {
    context.emit({ is: Failed, ...about, detail: '500' });
    return reply(request, message, 500, context);
  }
  state.applied++;
  state.lastApplied = message;
  context.emit({ is: job.unheard ? Unheard : Applied, ...about });
  reply(request, message, 200, context);
}

function reply(request: ConnectionId, message: MessageId, status: Status, context: Context): void {
  const reason = status === 200 ? '' : context.self;
  const response: HttpResponse = { type: 'HttpResponse', message, status, reason };
  context.reply(request, response);
}

function describe({ jobs, applied, lastApplied }: HttpServer, look: Look): PartPicture {
  const all = [...jobs.values()];
  const drawn = all.slice(0, servingShown).map(({ message, since, until, stalled, unheard }) => ({
    ...{ face: look.face(message), since, until, stalled, unheard, step: '' },
  }));
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      serving: drawn,
      inHand: all.length,
      stalled: all.filter((job) => job.stalled).length,
      current: drawn[0]?.face ?? null,
    },
  };
}

/** How many requests in hand the picture names. */
export const servingShown = 40;
