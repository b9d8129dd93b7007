/** What may be set of a subscription, and what AWS says of values that cannot. */
import { arnComplaint } from '../protocol/resources';
import { resourceOf } from '../protocol/common';
import { invalidParameter } from './errors';
import { filterOf, parseComplaint } from './filter-policy';
import type { FilterScope, Subscription } from './state';

/** Those that are kept and obeyed by nobody: they concern HTTP, Firehose and archives. */
const inert = ['DeliveryPolicy', 'SubscriptionRoleArn', 'ReplayPolicy', 'ReplayStatus'];

/** Sets one attribute. `from` goes before what is said of a bad value. */
export function setAttribute(
  subscription: Subscription,
  name: string,
  value: string,
  from: string,
  isFifo: boolean,
): void {
  switch (name) {
    case 'RawMessageDelivery': {
      const lower = value.toLowerCase();
      if (lower !== 'true' && lower !== 'false') {
        throw invalidParameter(`${from}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
      }
      subscription.raw = lower === 'true';
      return;
    }
    case 'FilterPolicyScope':
      changeScope(subscription, scopeOf(value, from), from);
      return;
    case 'FilterPolicy':
      subscription.filter = filterOf(value, subscription.scope, from);
      return;
    case 'RedrivePolicy':
      subscription.redrive = redriveOf(subscription, value, from, isFifo);
      return;
    default:
      if (!inert.includes(name)) throw invalidParameter(from === '' ? 'AttributeName' : 'Attributes');
      subscription.other.set(name, value);
  }
}

/** A policy that is there must make sense in the new scope too. */
function changeScope(subscription: Subscription, scope: FilterScope, from: string): void {
  const { filter } = subscription;
  subscription.filter = filter && filterOf(filter.text, scope, from);
  subscription.scope = scope;
}

function scopeOf(value: string, from: string): FilterScope {
  if (value === 'MessageAttributes' || value === 'MessageBody') return value;
  throw invalidParameter(
    `${from}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
  );
}

function redriveOf(
  { endpoint }: Subscription,
  text: string,
  from: string,
  isFifo: boolean,
): Subscription['redrive'] {
  if (text === '') return null;
  const queueArn = targetIn(text, from);
  if (queueArn === null || arnComplaint(queueArn) !== null || resourceOf(queueArn)?.service !== 'sqs') {
    throw invalidParameter(`${from}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
  }
  if (isFifo && endpoint.endsWith('.fifo') && !queueArn.endsWith('.fifo')) {
    throw invalidParameter(
      `${from}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
    );
  }
  return { text, queueArn };
}

function targetIn(text: string, from: string): string | null {
  try {
    const policy = JSON.parse(text) as { deadLetterTargetArn?: unknown } | null;
    const target = policy?.deadLetterTargetArn;
    return typeof target === 'string' ? target : null;
  } catch {
    throw invalidParameter(`${from}RedrivePolicy: failed to parse JSON. ${parseComplaint(text)}`);
  }
}
