/** A message as a receiver sees it: with the attributes it asked for. */
import { epochMilliseconds, arnOf, type MessageAttributes } from '../protocol/common';
import { receiptHandle, sequenceNumber, type Entry } from './message';
import type { ReceivedMessage, ReceiveMessageRequest } from './protocol';
import type { Queue } from './state';

export function received(queue: Queue, entry: Entry, request: ReceiveMessageRequest): ReceivedMessage {
  const { sent, sequence, receives, fact, until } = entry;
  const attributes = systemAttributes(queue, entry, request);
  const own = sent.attributes && chosen(sent.attributes, request.MessageAttributeNames);
  return {
    MessageId: sent.id,
    ReceiptHandle: receiptHandle(queue.uid, sequence, receives),
    Body: sent.content,
    ...(attributes && { Attributes: attributes }),
    ...(own && { MessageAttributes: own }),
    observed: { queue: queue.name, fact, position: sequence, receives, hiddenUntil: until },
  };
}

/** AttributeNames, the older name, goes before MessageSystemAttributeNames: so it was recorded. */
function systemAttributes(
  queue: Queue,
  entry: Entry,
  { MessageSystemAttributeNames: names, AttributeNames: older }: ReceiveMessageRequest,
): Readonly<Record<string, string>> | null {
  const asked = older !== undefined && older.length > 0 ? older : names;
  if (asked === undefined || asked.length === 0) return null;
  const { sent, source } = entry;
  const values: Readonly<Record<string, string | null | undefined>> = {
    SenderId: sent.sender,
    SentTimestamp: String(epochMilliseconds(sent.sentAt)),
    ApproximateReceiveCount: String(entry.receives),
    ApproximateFirstReceiveTimestamp: String(epochMilliseconds(entry.firstReceivedAt)),
    MessageGroupId: sent.group,
    MessageDeduplicationId: sent.dedup,
    SequenceNumber: queue.isFifo ? sequenceNumber(entry.sequence) : null,
    AWSTraceHeader: sent.trace,
    DeadLetterQueueSourceArn: source === null ? null : arnOf('sqs', source),
  };
  const all = asked.includes('All');
  const given = Object.entries(values).filter(
    (one): one is [string, string] => typeof one[1] === 'string' && (all || asked.includes(one[0])),
  );
  return given.length > 0 ? Object.fromEntries(given) : null;
}

/** Names, "All", "*", ".*", or a beginning with ".*" after it. */
function chosen(
  attributes: MessageAttributes,
  names: readonly string[] | undefined,
): MessageAttributes | null {
  if (names === undefined || names.length === 0) return null;
  const isChosen = (name: string) =>
    names.some(
      (one) =>
        one === name ||
        one === 'All' ||
        one === '*' ||
        (one.endsWith('.*') && name.startsWith(one.slice(0, -2))),
    );
  const given = Object.entries(attributes).filter(([name]) => isChosen(name));
  return given.length > 0 ? Object.fromEntries(given) : null;
}
