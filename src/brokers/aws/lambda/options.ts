/** Settings of the simulated Lambda. Quotas are AWS's; what AWS keeps to itself is ours and says so. */
import { latencyTable, type LatencyTable } from '../../../kernel/distribution';
import { optionReader, readOnce, type GivenOptions } from '../../../kernel/options';
import type { OptionSpec } from '../../../kernel/part';
import { ms, type Duration } from '../../../kernel/time';

const ours = 'ours: AWS publishes no figure';
const scaling = 'Lambda developer guide, services-sqs-scaling';
const dayMs = 86_400_000;

export const lambdaOptions: readonly OptionSpec[] = [
  count('accountConcurrency', 1000, 0, 10_000, 'concurrent executions of an account (Lambda developer guide, gettingstarted-limits); AWS raises it on request'), // prettier-ignore
  time('coldStartMs', 250, 0, 600_000, `${ours}; how long a new execution environment takes to start`),
  time('environmentIdleMs', 300_000, 1, dayMs, `${ours}; an environment that is not used for so long is gone`), // prettier-ignore
  time('mappingChangeMs', 2000, 0, 600_000, `${ours}; how long an event source mapping takes to be made, changed or deleted`), // prettier-ignore
  count('pollersAtFirst', 5, 1, 1000, `five concurrent batches at first (${scaling})`),
  count('pollersMax', 1000, 1, 1000, `up to 1,000 concurrent batches (${scaling})`),
  {
    ...count('pollersPerSecond', 5, 0, 1000, `up to 300 more a minute (${scaling}); in steps of a second: ours`), // prettier-ignore
    unit: 'per second',
  },
  time('errorBackoffMs', 1000, 0, 600_000, `${ours}; how long a poller waits after a failed batch, longer with each in a row`), // prettier-ignore
  text('sqsProcess', 'sqs', 'process that serves the ARNs of SQS'),
  text('snsProcess', 'sns', 'process that serves the ARNs of SNS'),
];

export interface LambdaSettings {
  readonly accountConcurrency: number;
  readonly coldStart: LatencyTable;
  readonly environmentIdle: Duration;
  readonly mappingChange: Duration;
  readonly pollersAtFirst: number;
  readonly pollersMax: number;
  readonly pollersPerSecond: number;
  readonly errorBackoff: Duration;
  readonly processes: { readonly sqs: string; readonly sns: string };
}

export const readLambdaOptions = readOnce((given: GivenOptions): LambdaSettings => {
  const read = optionReader(lambdaOptions, given);
  return {
    accountConcurrency: read.number('accountConcurrency'),
    coldStart: latencyTable(read.number('coldStartMs')),
    environmentIdle: ms(read.number('environmentIdleMs')),
    mappingChange: ms(read.number('mappingChangeMs')),
    pollersAtFirst: read.number('pollersAtFirst'),
    pollersMax: read.number('pollersMax'),
    pollersPerSecond: read.number('pollersPerSecond'),
    errorBackoff: ms(read.number('errorBackoffMs')),
    processes: { sqs: read.string('sqsProcess'), sns: read.string('snsProcess') },
  };
});

function count(name: string, value: number, min: number, max: number, source: string): OptionSpec {
  return { ...time(name, value, min, max, source), unit: '', integer: true };
}

function time(name: string, value: number, min: number, max: number, source: string): OptionSpec {
  return { name, type: 'number', default: value, unit: 'ms', min, max, source, takes: 'restart' };
}

function text(name: string, value: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}
