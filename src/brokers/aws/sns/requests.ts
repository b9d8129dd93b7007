/** What SNS sends to queues and functions: its envelope, or the message as it is (raw message delivery). */
import { region, type MessageAttributes } from '../protocol/common';
import type { SnsEnvelope } from '../protocol/content';
import type { InvokeRequest, SnsRecord } from '../lambda/protocol';
import { queueUrl, type SendMessageRequest } from '../sqs/protocol';
import { resourceOf } from '../protocol/common';
import type { Notification, Subscription } from './state';

/** SQS takes no more attributes: with more, a raw delivery is discarded (SNS developer guide, raw message delivery). */
export const rawAttributesMax = 10;

const host = `https://sns.${region}.amazonaws.com`;
const firstSignature = '1';
const signature = {
  Signature: 'simulated',
  SigningCertURL: `${host}/SimpleNotificationService-simulated.pem`,
};

export function deliveryRequest(
  subscription: Subscription,
  notification: Notification,
): SendMessageRequest | InvokeRequest {
  if (subscription.protocol === 'sqs') return sendRequest(subscription, subscription.endpoint, notification);
  const FunctionName = resourceOf(subscription.endpoint)!.name;
  const Records = [recordOf(subscription, notification)];
  return { type: 'InvokeRequest', FunctionName, InvocationType: 'Event', Payload: { Records } };
}

/** The same, for the dead-letter queue. */
export function letterRequest(subscription: Subscription, notification: Notification): SendMessageRequest {
  return sendRequest(subscription, subscription.redrive!.queueArn, notification);
}

function sendRequest(
  subscription: Subscription,
  queueArn: string,
  notification: Notification,
): SendMessageRequest {
  const { messages, attributes, groupId, deduplicationId, sequenceNumber } = notification;
  const name = resourceOf(queueArn)!.name;
  const message = messages[subscription.protocol];
  const isFifo = name.endsWith('.fifo');
  return {
    type: 'SendMessageRequest',
    QueueUrl: queueUrl(name),
    Body: subscription.raw ? { message } : { message, envelope: envelopeOf(subscription, notification) },
    ...(subscription.raw && attributes !== undefined ? { MessageAttributes: attributes } : {}),
    // a FIFO topic keeps its groups from standard queues; a standard topic hands them on, for fairness
    ...(groupId === undefined || (sequenceNumber !== undefined && !isFifo)
      ? {}
      : { MessageGroupId: groupId }),
    ...(isFifo && deduplicationId !== undefined ? { MessageDeduplicationId: deduplicationId } : {}),
  };
}

/** Of a FIFO topic: with the sequence number, and unsigned. */
function envelopeOf(subscription: Subscription, notification: Notification): SnsEnvelope {
  const { messageId, timestamp, subject, attributes, sequenceNumber } = notification;
  const { signatureVersion: SignatureVersion = firstSignature } = notification;
  return {
    Type: 'Notification',
    MessageId: messageId,
    ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
    TopicArn: subscription.topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Timestamp: timestamp,
    ...(sequenceNumber === undefined ? { SignatureVersion, ...signature } : {}),
    UnsubscribeURL: unsubscribeUrl(subscription),
    ...(attributes === undefined || Object.keys(attributes).length === 0
      ? {}
      : { MessageAttributes: typesAndValues(attributes) }),
  };
}

function recordOf(subscription: Subscription, notification: Notification): SnsRecord {
  const { messageId, timestamp, subject = null, attributes = {}, messages } = notification;
  return {
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: subscription.arn,
    Sns: {
      Type: 'Notification',
      MessageId: messageId,
      TopicArn: subscription.topicArn,
      Subject: subject,
      Message: { message: messages.lambda },
      Timestamp: timestamp,
      SignatureVersion: notification.signatureVersion ?? firstSignature,
      Signature: signature.Signature,
      SigningCertUrl: signature.SigningCertURL,
      UnsubscribeUrl: unsubscribeUrl(subscription),
      MessageAttributes: typesAndValues(attributes),
    },
  };
}

function unsubscribeUrl({ arn }: Subscription): string {
  return `${host}/?Action=Unsubscribe&SubscriptionArn=${arn}`;
}

function typesAndValues(attributes: MessageAttributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue ?? '' },
    ]),
  );
}
