/** Settings of the simulated Lambda. Quotas are AWS's; what AWS keeps to itself is ours and says so. */
import { latencyTable, type LatencyTable } from '../../../kernel/distribution';
import { optionReader, readOnce, type GivenOptions } from '../../../kernel/options';
import type { OptionSpec } from '../../../kernel/part';
import { ms, type Duration } from '../../../kernel/time';

const ours = 'ours: AWS publishes no figure';

export const lambdaOptions: readonly OptionSpec[] = [
  number('accountConcurrency', 1000, '', 0, 'concurrent executions of an account (Lambda developer guide, gettingstarted-limits)'), // prettier-ignore
  number('coldStartMs', 250, 'ms', 0, `${ours}; how long a new execution environment takes to start`),
  number(
    'environmentIdleMs',
    300_000,
    'ms',
    1,
    `${ours}; an environment that is not used for so long is gone`,
  ),
  number('mappingChangeMs', 2000, 'ms', 0, `${ours}; how long an event source mapping takes to be made, changed or deleted`), // prettier-ignore
  number(
    'pollersAtFirst',
    5,
    '',
    1,
    'five concurrent batches at first (Lambda developer guide, services-sqs-scaling)',
  ),
  number(
    'pollersMax',
    1000,
    '',
    1,
    'up to 1,000 concurrent batches (Lambda developer guide, services-sqs-scaling)',
  ),
  number('pollersPerSecond', 5, 'per second', 0, 'up to 300 more a minute (Lambda developer guide, services-sqs-scaling); in steps of a second: ours'), // prettier-ignore
  number('errorBackoffMs', 1000, 'ms', 0, `${ours}; how long a poller waits after a failed batch, longer with each in a row`), // prettier-ignore
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

function number(
  name: string,
  value: number,
  unit: OptionSpec['unit'],
  min: number,
  source: string,
): OptionSpec {
  return { name, type: 'number', default: value, unit, min, source, takes: 'restart' };
}

function text(name: string, value: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}
