/**
 * A service that handles messages and has no effect but the fact that it did: the handler of a lesson that is about
 * delivery and nothing else. Its driver decides how many it is given at a time.
 */
import type { Handle } from '../kernel/delivery';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { latencyOption, readLatency } from './latency';
import { isMalformed } from './malformed';
import { answer, describeJob, jobOf, refuse, takeTime, type Apply, type Job } from './work';

export interface Consumer {
  latency: LatencyTable;
  failing: readonly string[];
  /** In the order they were handed over. */
  jobs: readonly Job[];
  applied: number;
  lastApplied: MessageId | null;
}

const Applied = factType('applied', 'MessageHandled');
const Unreadable = factType('decodeFailed', 'MessageUnreadable');

const noJobs: readonly Job[] = [];

const options: readonly OptionSpec[] = [
  latencyOption,
  {
    name: 'failing',
    type: 'string',
    default: '',
    unit: '',
    source: 'labels of messages its handler throws on, separated by spaces',
    takes: 'restart',
  },
];

export const part: Part<Consumer, Handle | Apply, GivenOptions> = {
  options,
  machine: {
    kind: 'consumer',
    init: (given) => ({
      latency: readLatency(given),
      failing: optionReader(options, given).list('failing'),
      jobs: [],
      applied: 0,
      lastApplied: null,
    }),
    apply,
    configure(state, changed) {
      if ('latencyMs' in changed) state.latency = readLatency(changed);
      if ('failing' in changed) state.failing = optionReader(options, changed).list('failing');
    },
    restart(state) {
      state.jobs = [];
    },
    clone: (state) => ({ ...state }),
  },
  describe,
};

function apply(state: Consumer, command: Handle | Apply | KernelCommand, context: Context): void {
  if (command.type === 'Handle') {
    const job = takeTime(command, state.latency, context);
    state.jobs = state.jobs.length === 0 ? [job] : [...state.jobs, job];
  } else if (command.type === 'Apply') finish(state, command.ticket, context);
}

function finish(state: Consumer, ticket: number, context: Context): void {
  const job = jobOf(state.jobs, ticket);
  if (!job) return;
  state.jobs = state.jobs.length === 1 ? noJobs : state.jobs.filter((other) => other !== job);
  const { message, position, group } = job.handle.delivery;
  if (isMalformed(context.body(message))) {
    context.emit({ is: Unreadable, subject: context.self, message, position, group });
    return refuse(job.handle, 'Error: the message cannot be read', context);
  }
  if (state.failing.length > 0 && state.failing.includes(context.body(message).label)) {
    return refuse(job.handle, 'Error: the handler throws on this message', context);
  }
  state.applied++;
  state.lastApplied = message;
  context.note(Applied, context.self, message, position, group);
  answer(job.handle, context);
}

function describe({ jobs, applied, lastApplied }: Consumer, look: Look): PartPicture {
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...describeJob(jobs[0], 'receive', look),
    },
  };
}
