/** A queue's attributes: names, limits and defaults of the API reference (SetQueueAttributes), and what they mean. */
import { seconds, type Duration } from '../../../kernel/time';
import type { ErrorResponse } from '../protocol/common';
import { refusal } from './errors';
import { readAllowPolicy, readRedrivePolicy, type AllowPolicy, type RedrivePolicy } from './redrive-policy';

interface Rule {
  readonly default?: string;
  /** Whole numbers. */
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly fifo?: true;
  /** Given by SQS itself. */
  readonly isReadOnly?: true;
}

const booleans = ['true', 'false'];

const rules: Readonly<Record<string, Rule>> = {
  DelaySeconds: { default: '0', min: 0, max: 900 },
  MaximumMessageSize: { default: '1048576', min: 1024, max: 1048576 },
  MessageRetentionPeriod: { default: '345600', min: 60, max: 1209600 },
  ReceiveMessageWaitTimeSeconds: { default: '0', min: 0, max: 20 },
  VisibilityTimeout: { default: '30', min: 0, max: 43200 },
  SqsManagedSseEnabled: { default: 'true', values: booleans },
  KmsMasterKeyId: {},
  KmsDataKeyReusePeriodSeconds: { min: 60, max: 86400 },
  Policy: {},
  RedrivePolicy: {},
  RedriveAllowPolicy: {},
  FifoQueue: { default: 'true', values: booleans, fifo: true },
  ContentBasedDeduplication: { default: 'false', values: booleans, fifo: true },
  DeduplicationScope: { default: 'queue', values: ['queue', 'messageGroup'], fifo: true },
  FifoThroughputLimit: { default: 'perQueue', values: ['perQueue', 'perMessageGroupId'], fifo: true },
  ApproximateNumberOfMessages: { isReadOnly: true },
  ApproximateNumberOfMessagesDelayed: { isReadOnly: true },
  ApproximateNumberOfMessagesNotVisible: { isReadOnly: true },
  CreatedTimestamp: { isReadOnly: true },
  LastModifiedTimestamp: { isReadOnly: true },
  QueueArn: { isReadOnly: true },
};

export const attributeNames: readonly string[] = Object.keys(rules);

export type Attributes = ReadonlyMap<string, string>;

/** What attributes say, read once. */
export interface Settings {
  readonly delay: Duration;
  readonly maximumSize: number;
  readonly retention: Duration;
  readonly wait: number;
  readonly visibility: number;
  readonly contentBased: boolean;
  readonly scope: 'queue' | 'messageGroup';
  readonly perGroup: boolean;
  readonly redrive: RedrivePolicy | null;
  readonly allow: AllowPolicy;
}

export function defaultAttributes(isFifo: boolean): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.default !== undefined && (isFifo || !rule.fifo)) attributes.set(name, rule.default);
  }
  return attributes;
}

/** The given ones as AWS writes them, or what is wrong with them. */
export function checkedAttributes(
  given: Readonly<Record<string, string>>,
  isFifo: boolean,
): Map<string, string> | ErrorResponse {
  const checked = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    const rule = rules[name] as Rule | undefined;
    const wrong = wrongName(name, rule, isFifo) ?? wrongValue(name, rule!, value);
    if (wrong) return wrong;
    checked.set(name, rule!.values === booleans ? value.toLowerCase() : value);
  }
  if ((checked.get('KmsMasterKeyId') ?? '') !== '' && checked.get('SqsManagedSseEnabled') === 'true')
    return refusal(
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  return checked;
}

function wrongName(name: string, rule: Rule | undefined, isFifo: boolean): ErrorResponse | null {
  if (!isFifo && (name === 'DeduplicationScope' || name === 'FifoThroughputLimit'))
    return refusal('InvalidAttributeName', `You can specify the ${name} only when FifoQueue is set to true.`);
  const isKnown = rule !== undefined && !rule.isReadOnly && (isFifo || !rule.fifo);
  return isKnown ? null : refusal('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

function wrongValue(name: string, rule: Rule, value: string): ErrorResponse | null {
  if (name === 'FifoQueue' && value.toLowerCase() === 'false')
    return refusal(
      'InvalidAttributeValue',
      'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    );
  const isChoice =
    rule.values === booleans ? booleans.includes(value.toLowerCase()) : rule.values?.includes(value);
  const isNumber = rule.min === undefined || inRange(rule, value);
  if (isChoice === false || !isNumber)
    return refusal('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  return null;
}

function inRange({ min = 0, max = 0 }: Rule, value: string): boolean {
  return /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
}

/** Sets checked attributes; an empty text takes one away. */
export function setAttributes(attributes: Map<string, string>, changes: Attributes): void {
  for (const [name, value] of changes) {
    const isUnset = value === '' || (name === 'KmsDataKeyReusePeriodSeconds' && value === '300');
    if (isUnset) attributes.delete(name);
    else attributes.set(name, value);
    if (name === 'KmsMasterKeyId' && value !== '') attributes.set('SqsManagedSseEnabled', 'false');
    if (name === 'SqsManagedSseEnabled' && value === 'true') attributes.delete('KmsMasterKeyId');
  }
}

export function settingsOf(attributes: Attributes): Settings {
  const number = (name: string) => Number(attributes.get(name) ?? rules[name].default);
  const redrive = readRedrivePolicy(attributes.get('RedrivePolicy'));
  return {
    delay: seconds(number('DelaySeconds')),
    maximumSize: number('MaximumMessageSize'),
    retention: seconds(number('MessageRetentionPeriod')),
    wait: number('ReceiveMessageWaitTimeSeconds'),
    visibility: number('VisibilityTimeout'),
    contentBased: attributes.get('ContentBasedDeduplication') === 'true',
    scope: attributes.get('DeduplicationScope') === 'messageGroup' ? 'messageGroup' : 'queue',
    perGroup: attributes.get('FifoThroughputLimit') === 'perMessageGroupId',
    redrive: typeof redrive === 'string' ? null : redrive,
    allow: readAllowPolicy(attributes.get('RedriveAllowPolicy')),
  };
}
