/** Options of the three parts, by the names that the SDK, the API or Lambda's handlers have for them. */
import {
  BadOption,
  optionReader,
  readOnce,
  type GivenOptions,
  type OptionReader,
} from '../../kernel/options';
import type { OptionSpec } from '../../kernel/part';
import { ms, seconds, type Duration } from '../../kernel/time';
import type { CallOptions } from './calls';

const sdk = 'https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide';
const sqsApi = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';
const lambdaGuide = 'https://docs.aws.amazon.com/lambda/latest/dg';

const calling: readonly OptionSpec[] = [
  whole('maxAttempts', 3, 'times', 1, `of each call, in the standard retry mode (${sdk})`, 100),
  number('requestTimeout', 0, 'ms', 0, `0: none (${sdk}/node-configuring-timeout.html)`, 86_400_000),
];

export const producerOptions: readonly OptionSpec[] = [
  ...calling,
  { ...text('service', 'sqs', 'sends to a queue, or publishes to a topic'), values: ['sqs', 'sns'] },
  text('broker', '', 'process of the service; left out: named as the service is'),
  text('place', '', 'name of the queue or topic; left out: the place its service names'),
  whole('batchSize', 1, '', 1, `entries of a call; 1: no batches (${sqsApi}/API_SendMessageBatch.html)`, 10),
  text(
    'messageGroupId',
    '',
    `"key": of each message; else this one; left out: none, of a FIFO place its key (${sqsApi}/API_SendMessage.html)`,
  ),
  {
    ...text(
      'messageDeduplicationId',
      'message',
      `of a FIFO place: one for each message, or none, where its content is (content) or is not (none) looked at (${sqsApi}/API_SendMessage.html)`,
    ),
    values: ['message', 'content', 'none'],
  },
  text(
    'messageAttributes',
    '',
    'type, domain, key, or fields of the data, that go along as message attributes',
  ),
  whole('delaySeconds', 0, '', 0, `of a standard queue (${sqsApi}/API_SendMessage.html)`, 900),
  {
    ...text(
      'failedEntries',
      'retry',
      `entries that failed in a batch that succeeded: sent again, told of, or overlooked (${sqsApi}/API_SendMessageBatch.html)`,
    ),
    values: ['retry', 'fail', 'ignore'],
  },
];

export const consumerOptions: readonly OptionSpec[] = [
  ...calling,
  text('broker', 'sqs', 'process of the service'),
  text('queue', 'queue', 'name of the queue it receives from'),
  text('handler', 'consumer', 'part of this process that is given the messages'),
  soon(whole('waitTimeSeconds', 20, '', 0, `long polling; 0: short (${sqsApi}/API_ReceiveMessage.html)`, 20)),
  soon(whole('maxNumberOfMessages', 10, 'records', 1, `${sqsApi}/API_ReceiveMessage.html`, 10)),
  soon({
    ...whole('visibilityTimeout', 30, '', 0, `seconds; left out: the queue's (${sqsApi}/API_ReceiveMessage.html)`, 43_200), // prettier-ignore
    default: null,
  }),
  soon(whole('concurrency', 1, '', 1, 'messages its handler is given at a time, of those it holds', 1000)),
  soon({
    ...text('delete', 'after', 'deletes a message when its handler is done, or in its first line'),
    values: ['after', 'before'],
  }),
  soon({
    ...text(
      'deletes',
      'each',
      `a call for each message, one for all of a receive that went well, or one only if all of them did (${sqsApi}/API_DeleteMessageBatch.html)`,
    ),
    values: ['each', 'batch', 'batch or none'],
  }),
  soon({
    ...text('onFailure', 'leave', 'the handler throws: the visibility timeout runs out, or is set to 0'),
    values: ['leave', 'release'],
  }),
  soon(
    whole('heartbeatInterval', 0, '', 0, `seconds: as often its messages in hand are hidden anew; 0: never (${sqsApi}/API_ChangeMessageVisibility.html)`, 43_200), // prettier-ignore
  ),
];

export const functionOptions: readonly OptionSpec[] = [
  text('handler', 'consumer', 'part of this process that is given the messages'),
  soon({
    ...text(
      'failures',
      'throw',
      `a message fails: the function throws, or goes on and reports it (${lambdaGuide}/services-sqs-errorhandling.html)`,
    ),
    values: ['throw', 'report', 'swallow'],
  }),
  soon({
    ...text('order', 'series', 'messages of a batch one after the other, or all at once'),
    values: ['series', 'parallel'],
  }),
  soon({
    ...text(
      'afterFailure',
      'stop at FIFO',
      `of a batch in series that reports failures: after the first, those behind it count as failed too (${lambdaGuide}/services-sqs-errorhandling.html)`,
    ),
    values: ['stop at FIFO', 'stop', 'go on'],
  }),
];

export interface ProducerOptions extends CallOptions {
  readonly service: 'sqs' | 'sns';
  readonly broker: string;
  readonly place: string;
  readonly batchSize: number;
  readonly groupId: string;
  readonly deduplicationId: 'message' | 'content' | 'none';
  readonly attributes: readonly string[];
  readonly delaySeconds: number;
  readonly failedEntries: 'retry' | 'fail' | 'ignore';
}

export interface ConsumerOptions extends CallOptions {
  readonly broker: string;
  readonly queue: string;
  readonly handler: string;
  readonly waitTimeSeconds: number;
  readonly maxNumberOfMessages: number;
  /** Seconds; null: the queue's. */
  readonly visibilityTimeout: number | null;
  readonly concurrency: number;
  readonly deleteFirst: boolean;
  readonly deletes: 'each' | 'batch' | 'batch or none';
  readonly releases: boolean;
  /** 0: never. */
  readonly heartbeat: Duration;
}

export interface FunctionOptions {
  readonly handler: string;
  readonly failures: 'throw' | 'report' | 'swallow';
  readonly parallel: boolean;
  readonly afterFailure: 'stop at FIFO' | 'stop' | 'go on';
}

/** Scenario → driver. Throws BadOption. */
export const readProducerOptions = readOnce((given: GivenOptions): ProducerOptions => {
  const read = optionReader(producerOptions, given);
  const service = read.string('service') as ProducerOptions['service'];
  return {
    ...callOptions(read),
    service,
    broker: read.string('broker') === '' ? service : read.string('broker'),
    place: read.string('place'),
    batchSize: read.number('batchSize'),
    groupId: read.string('messageGroupId'),
    deduplicationId: read.string('messageDeduplicationId') as ProducerOptions['deduplicationId'],
    attributes: read.list('messageAttributes'),
    delaySeconds: read.number('delaySeconds'),
    failedEntries: read.string('failedEntries') as ProducerOptions['failedEntries'],
  };
});

/** Scenario → driver. Throws BadOption. */
export const readConsumerOptions = readOnce((given: GivenOptions): ConsumerOptions => {
  const read = optionReader(consumerOptions, given);
  return {
    ...callOptions(read),
    broker: read.string('broker'),
    queue: read.string('queue'),
    handler: read.string('handler'),
    waitTimeSeconds: read.number('waitTimeSeconds'),
    maxNumberOfMessages: read.number('maxNumberOfMessages'),
    visibilityTimeout: read.numberOrNull('visibilityTimeout'),
    concurrency: read.number('concurrency'),
    deleteFirst: read.string('delete') === 'before',
    deletes: read.string('deletes') as ConsumerOptions['deletes'],
    releases: read.string('onFailure') === 'release',
    heartbeat: seconds(read.number('heartbeatInterval')),
  };
});

/** Scenario → driver. Throws BadOption. */
export const readFunctionOptions = readOnce((given: GivenOptions): FunctionOptions => {
  const read = optionReader(functionOptions, given);
  return {
    handler: read.string('handler'),
    failures: read.string('failures') as FunctionOptions['failures'],
    parallel: read.string('order') === 'parallel',
    afterFailure: read.string('afterFailure') as FunctionOptions['afterFailure'],
  };
});

/** What a scenario gave, with what was changed since. Only what waits for nothing but the next delivery may change. */
export function changedOptions(
  specs: readonly OptionSpec[],
  given: GivenOptions,
  changed: GivenOptions,
): GivenOptions {
  for (const name of Object.keys(changed)) {
    if (specs.find((spec) => spec.name === name)?.takes !== 'next delivery')
      throw new BadOption(`Option "${name}" cannot be changed while it runs.`);
  }
  return { ...given, ...changed };
}

function callOptions(read: OptionReader): CallOptions {
  return { maxAttempts: read.number('maxAttempts'), requestTimeout: ms(read.number('requestTimeout')) };
}

function number(
  name: string,
  value: number,
  unit: OptionSpec['unit'],
  min: number,
  source: string,
  max: number,
): OptionSpec {
  return { name, type: 'number', default: value, unit, min, max, source, takes: 'restart' };
}

function whole(...given: Parameters<typeof number>): OptionSpec {
  return { ...number(...given), integer: true };
}

function text(name: string, value: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}

function soon(spec: OptionSpec): OptionSpec {
  return { ...spec, takes: 'next delivery' };
}
