/**
 * A service that answers HTTP requests by itself: it works for a while, has its effect, and says so. Some calls stall,
 * some fail. Simplified: it works on any number of requests at once, and its effect is the fact that it happened.
 * A request whose caller has given up is worked on to the end, as in most servers: nobody tells the handler.
 */
import type { MessageId } from '../kernel/bodies';
import { factType } from '../kernel/fact';
import type { ConnectionId, Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import {
  doorOptions,
  goUnheard,
  readDoor,
  receive,
  servingOf,
  takeOut,
  type Answer,
  type DoorSetup,
  type Visits,
} from './http-door';
import { cargoOf, type HttpRequest, type HttpResponse, type Status } from './http-protocol';
import { isMalformed } from './malformed';

export interface HttpServer {
  options: GivenOptions;
  setup: Setup;
  /** By the connection each came on. */
  jobs: Visits;
  applied: number;
  lastApplied: MessageId | null;
  errors: number;
}

interface Setup extends DoorSetup {
  readonly errorRate: number;
}

const Applied = factType('applied', 'RequestHandled');
const Unheard = factType('applied', 'RequestHandledUnheard');
const Failed = factType('failed', 'RequestFailed');
const Unreadable = factType('decodeFailed', 'RequestUnreadable');

const options: readonly OptionSpec[] = [
  ...doorOptions,
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
    init: (given) => ({
      ...{ options: given, setup: read(given), jobs: new Map() },
      ...{ applied: 0, lastApplied: null, errors: 0 },
    }),
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
  return { ...readDoor(given, reader), errorRate: reader.number('errorRate') };
}

function apply(state: HttpServer, command: HttpRequest | Answer | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'HttpRequest':
      return receive(state.jobs, state.setup, command, context);
    case 'Answer':
      return answer(state, command.request, context);
    case 'ConnectionClosed':
      return goUnheard(state.jobs, command.connection);
    case 'Start':
      return;
  }
}

function answer(state: HttpServer, request: ConnectionId, context: Context): void {
  const job = takeOut(state.jobs, request);
  if (!job) return;
  const { message, attempt } = job;
  const about = { subject: context.self, message, amount: attempt };
  if (isMalformed(context.body(message))) {
    context.emit({ is: Unreadable, ...about });
    return reply(request, message, 400, context);
  }
  if (context.random('errors').unit() < state.setup.errorRate) {
    state.errors++;
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

function describe({ jobs, applied, lastApplied, errors }: HttpServer, look: Look): PartPicture {
  const inHand = servingOf(jobs, look);
  return {
    process: {
      applied,
      errors,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...inHand,
      current: inHand.serving[0]?.face ?? null,
    },
  };
}
