/** basic.publish: checked, routed, and handed to every queue it goes to (rabbit_channel.erl). */
import { say } from './channels';
import { MessageReturned, MessageRouted, MessageUnroutable } from './facts';
import { bare, typeOf } from './field-values';
import { replyCodes, type BasicPublish, type FieldTable, type FieldValue, type Properties } from './protocol';
import type { Publication, QueuePort } from './queue-type';
import { enqueueAt } from './queues';
import { inExchange, Refused } from './refusal';
import { replyAddress, sendReply } from './reply-to';
import { route } from './route';
import type { BrokerState, Channel, Exchange } from './state';
import { noteReturned } from './traffic';

export function publish(state: BrokerState, channel: Channel, method: BasicPublish, port: QueuePort): void {
  const exchange = checked(state, method);
  const publication = asPublication(channel, method);
  checkUser(method.properties);
  const seq = channel.confirms || channel.tx !== null ? channel.publishSeq++ : -1;
  if (exchange.name === '' && sendReply(state, publication, port)) {
    return handOver(state, channel, publication, method.mandatory, [], seq, port);
  }
  const queues = route(state, exchange, publication, port.context.now);
  const { mandatory } = method;
  if (channel.tx === null) return handOver(state, channel, publication, mandatory, queues, seq, port);
  channel.tx.publications.push({ publication, mandatory, queues, seq });
}

function checked({ exchanges, settings }: BrokerState, method: BasicPublish): Exchange {
  const { sizeBytes, properties } = method;
  if (method.immediate) throw new Refused('NOT_IMPLEMENTED', 'immediate=true');
  if (sizeBytes > settings.maxMessageSizeBytes) {
    const which = settings.maxMessageSizeGiven ? 'configured max size' : 'max size';
    const text = `message size ${sizeBytes} is larger than ${which} ${settings.maxMessageSizeBytes}`;
    throw new Refused('PRECONDITION_FAILED', text);
  }
  const exchange = exchanges.get(method.exchange);
  if (exchange === undefined) throw new Refused('NOT_FOUND', `no ${inExchange(method.exchange)}`);
  if (exchange.internal) {
    throw new Refused('ACCESS_REFUSED', `cannot publish to internal ${inExchange(exchange.name)}`);
  }
  if (properties.expiration !== undefined) checkExpiration(properties.expiration);
  return exchange;
}

/** Whole milliseconds as text (rabbit_basic:parse_expiration). */
function checkExpiration(expiration: string): void {
  const refused = (why: string): never => {
    throw new Refused('PRECONDITION_FAILED', `invalid expiration '${expiration}': ${why}`);
  };
  const [digits] = /^[+-]?\d+/.exec(expiration) ?? [''];
  if (digits === '') return refused('no_integer');
  if (digits.length < expiration.length) return refused(`{leftover_string,"${expiration.slice(digits.length)}"}`); // prettier-ignore
  const value = Number(digits);
  if (value < 0) return refused(`{value_negative,${value}}`);
  // the largest a timer takes: 100 years
  if (value > 3_153_600_000_000) return refused(`{value_too_big,${value}}`);
}

/** Everybody is guest. */
function checkUser({ userId }: Properties): void {
  if (userId === undefined || userId === 'guest') return;
  const text = `user_id property set to '${userId}' but authenticated user was 'guest'`;
  throw new Refused('PRECONDITION_FAILED', text);
}

/** The method itself, unless something of it has to be changed first. Nobody but the broker sees BCC. */
function asPublication(channel: Channel, method: BasicPublish): Publication {
  const { properties } = method;
  const replyTo = properties.replyTo === 'amq.rabbitmq.reply-to' ? replyAddress(channel) : undefined;
  const keys = properties.headers === undefined ? null : keysOf(properties.headers);
  if (replyTo === undefined && keys === null) return method;
  const { message, sizeBytes, exchange, routingKey, cause } = method;
  const changed: Properties = {
    ...properties,
    ...(replyTo !== undefined && { replyTo }),
    ...(keys && { headers: keys.headers }),
  };
  const further = keys && { furtherKeys: keys.furtherKeys, hiddenKeys: keys.hiddenKeys };
  return { message, sizeBytes, exchange, routingKey, cause, properties: changed, ...further };
}

interface Keys {
  readonly furtherKeys: readonly string[];
  readonly hiddenKeys: readonly string[];
  readonly headers: FieldTable;
}

/** CC and BCC (rabbit_basic:header_routes). */
function keysOf(headers: FieldTable): Keys | null {
  if (headers.CC === undefined && headers.BCC === undefined) return null;
  const hiddenKeys = listOf(headers, 'BCC');
  const { BCC: _, ...visible } = headers;
  return { furtherKeys: [...listOf(headers, 'CC'), ...hiddenKeys], hiddenKeys, headers: visible };
}

function listOf(headers: FieldTable, name: 'CC' | 'BCC'): readonly string[] {
  const value: FieldValue = bare(headers[name]);
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    throw new Refused(
      'PRECONDITION_FAILED',
      `invalid message: {unacceptable_type_in_header,"${name}",${typeOf(value)}}`,
    );
  }
  return value.filter((key): key is string => typeof key === 'string');
}

/** To the queues; a publisher that wants to hear of it is noted first. */
export function handOver(
  state: BrokerState,
  channel: Channel,
  publication: Publication,
  mandatory: boolean,
  queues: readonly string[],
  seq: number,
  port: QueuePort,
): void {
  const { context } = port;
  const { message, cause } = publication;
  const subject = state.exchanges.get(publication.exchange)?.address ?? '';
  if (queues.length === 0) {
    context.emit({ is: MessageUnroutable, subject, message, cause });
    if (mandatory) {
      noteReturned(state.traffic, publication.exchange);
      giveBack(channel, publication, subject, port);
    }
    if (seq >= 0) channel.confirmed.push(seq);
    return;
  }
  context.note(MessageRouted, subject, message, -1, '', cause, queues.length);
  const from = seq >= 0 ? channel.ref : null;
  if (from !== null) channel.unconfirmed.set(seq, queues);
  for (let at = 0; at < queues.length; at++) enqueueAt(state, queues[at], publication, from, seq, port);
}

function giveBack(channel: Channel, publication: Publication, subject: string, { context }: QueuePort): void {
  const { message, properties, sizeBytes, cause, exchange, routingKey } = publication;
  context.emit({ is: MessageReturned, subject, message, cause });
  say(
    channel,
    {
      type: 'BasicReturn',
      channel: channel.ref.channel,
      replyCode: replyCodes.NO_ROUTE,
      replyText: 'NO_ROUTE',
      ...{ exchange, routingKey, message, properties, sizeBytes, cause },
    },
    context,
  );
}
