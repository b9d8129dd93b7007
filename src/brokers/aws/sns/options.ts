/** Settings of the simulated SNS. AWS has none of these: they are what it keeps to itself, and our guesses are labelled. */
import { latencyTable, type LatencyTable } from '../../../kernel/distribution';
import { optionReader, readOnce, type GivenOptions } from '../../../kernel/options';
import type { OptionSpec } from '../../../kernel/part';
import { ms, type Duration } from '../../../kernel/time';

const ours = 'ours: AWS publishes no figure';

export const snsOptions: readonly OptionSpec[] = [
  {
    name: 'deliverySpreadMs',
    type: 'number',
    default: 20,
    unit: 'ms',
    min: 0,
    max: 60_000,
    source: `${ours}; how far the deliveries of one message to different subscribers may lie apart`,
    takes: 'restart',
  },
  {
    name: 'deliveryTimeoutMs',
    type: 'number',
    default: 10_000,
    unit: 'ms',
    min: 1,
    max: 600_000,
    source: `${ours}; how long an endpoint may be silent before the delivery counts as failed`,
    takes: 'restart',
  },
  {
    name: 'filterPolicyDelayMs',
    type: 'number',
    default: 0,
    unit: 'ms',
    min: 0,
    max: 900_000,
    source: 'a changed filter policy may take up to 15 minutes (SNS developer guide, sns-message-filtering)',
    takes: 'restart',
  },
  text('sqsProcess', 'sqs', 'process that serves the ARNs of SQS'),
  text('lambdaProcess', 'lambda', 'process that serves the ARNs of Lambda'),
];

export interface SnsSettings {
  readonly spread: LatencyTable;
  readonly deliveryTimeout: Duration;
  readonly filterPolicyDelay: Duration;
  /** Process by service. */
  readonly processes: { readonly sqs: string; readonly lambda: string };
}

export const readSnsOptions = readOnce((given: GivenOptions): SnsSettings => {
  const read = optionReader(snsOptions, given);
  const maxMs = read.number('deliverySpreadMs');
  return {
    spread: latencyTable(maxMs === 0 ? 0 : { kind: 'uniform', minMs: 0, maxMs }),
    deliveryTimeout: ms(read.number('deliveryTimeoutMs')),
    filterPolicyDelay: ms(read.number('filterPolicyDelayMs')),
    processes: { sqs: read.string('sqsProcess'), lambda: read.string('lambdaProcess') },
  };
});

function text(name: string, value: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}
