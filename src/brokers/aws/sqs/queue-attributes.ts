/** GetQueueAttributes, SetQueueAttributes, ListDeadLetterSourceQueues. */
import type { Context } from '../../../kernel/machine';
import { ms, seconds } from '../../../kernel/time';
import { arnOf, epochMilliseconds, type ErrorResponse } from '../protocol/common';
import { attributeNames, checkedAttributes, setAttributes, settingsOf, type Attributes } from './attributes';
import { firstEnd } from './clock';
import { invalidValue, isRefusal, refusal } from './errors';
import { QueueAttributesSet } from './facts';
import type * as Api from './protocol';
import { queueUrl } from './protocol';
import { pageOf } from './pages';
import { allows, readRedrivePolicy, wrongAllowPolicy } from './redrive-policy';
import type { Queue, SqsState } from './state';

/** AWS lets changes of attributes take so long; that of the scope was recorded not to be there at once. */
const propagation = seconds(60);

export function getQueueAttributes(
  state: SqsState,
  queue: Queue,
  { AttributeNames: asked = [] }: Api.GetQueueAttributesRequest,
  context: Context,
): ErrorResponse | Api.GetQueueAttributesResponse {
  const unknown = asked.find((name) => name !== 'All' && !attributeNames.includes(name));
  if (unknown !== undefined) return refusal('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const values = new Map(asked.length > 0 ? [...queue.attributes, ...computed(state, queue, context)] : []);
  const names = asked.includes('All') ? attributeNames : asked;
  const given = names.flatMap((name) => (values.has(name) ? [[name, values.get(name)!] as const] : []));
  return {
    type: 'GetQueueAttributesResponse',
    ...(given.length > 0 && { Attributes: Object.fromEntries(given) }),
  };
}

function computed(state: SqsState, queue: Queue, { now }: Context): readonly (readonly [string, string])[] {
  const lag = ms(state.setup.attributesLagMs);
  if (queue.counted === null || now - queue.counted.at >= lag)
    queue.counted = { at: now, numbers: [queue.available, queue.delayed, queue.inFlight] };
  const [available, delayed, inFlight] = queue.counted.numbers;
  const inSeconds = (time: number) => String(Math.floor(epochMilliseconds(time) / 1000));
  return [
    ['ApproximateNumberOfMessages', String(available)],
    ['ApproximateNumberOfMessagesDelayed', String(delayed)],
    ['ApproximateNumberOfMessagesNotVisible', String(inFlight)],
    ['CreatedTimestamp', inSeconds(queue.createdAt)],
    ['LastModifiedTimestamp', inSeconds(queue.modifiedAt)],
    ['QueueArn', arnOf('sqs', queue.name)],
  ];
}

export function setQueueAttributes(
  state: SqsState,
  queue: Queue,
  { Attributes }: Api.SetQueueAttributesRequest,
  context: Context,
): ErrorResponse | { readonly type: 'SetQueueAttributesResponse' } {
  const checked = checkedAttributes(Attributes, queue.isFifo);
  if (isRefusal(checked)) return checked;
  const wrong = wrongRedrive(state, queue.name, queue.isFifo, checked);
  if (wrong) return wrong;
  const { now } = context;
  const { scope } = queue.settings;
  setAttributes(queue.attributes, checked);
  queue.settings = settingsOf(queue.attributes);
  if (queue.settings.scope !== scope) queue.scopeBefore = { scope, until: now + propagation };
  queue.modifiedAt = now;
  queue.expiresAt = firstEnd(queue);
  const detail = [...checked].map(([name, value]) => `${name}=${value}`).join(' ');
  context.emit({ is: QueueAttributesSet, subject: queue.address, detail });
  return { type: 'SetQueueAttributesResponse' };
}

/** What is wrong with the policies among a queue's attributes. */
export function wrongRedrive(
  state: SqsState,
  name: string,
  isFifo: boolean,
  attributes: Attributes,
): ErrorResponse | null {
  const allow = attributes.get('RedriveAllowPolicy');
  const allowReason = wrongAllowPolicy(allow);
  if (allowReason !== null) return invalidValue(allow!, 'RedriveAllowPolicy', allowReason);
  const text = attributes.get('RedrivePolicy');
  const policy = readRedrivePolicy(text);
  if (policy === null) return null;
  const reason = typeof policy === 'string' ? policy : wrongTarget(state, name, isFifo, policy.queue);
  return reason === null ? null : invalidValue(text!, 'RedrivePolicy', reason);
}

function wrongTarget(state: SqsState, name: string, isFifo: boolean, target: string): string | null {
  const queue = state.queues.get(target);
  if (!queue) return 'Dead letter target does not exist.';
  if (queue.isFifo !== isFifo) return 'Dead-letter queue must be same type of queue as the source.';
  return allows(queue.settings.allow, name)
    ? null
    : 'Dead letter target does not allow this queue to use it.';
}

export function listDeadLetterSources(
  state: SqsState,
  queue: Queue,
  { MaxResults, NextToken }: Api.ListDeadLetterSourceQueuesRequest,
): ErrorResponse | Api.ListDeadLetterSourceQueuesResponse {
  const sources = [...state.queues.values()].filter(({ settings }) => settings.redrive?.queue === queue.name);
  const page = pageOf(sources.map(({ name }) => name), MaxResults, NextToken); // prettier-ignore
  if (isRefusal(page)) return page;
  return {
    type: 'ListDeadLetterSourceQueuesResponse',
    queueUrls: page.items.map(queueUrl),
    ...(page.next && { NextToken: page.next }),
  };
}
