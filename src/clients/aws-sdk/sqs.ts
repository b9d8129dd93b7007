/**
 * @aws-sdk/client-sqs 3.1169: its client, commands, outputs and errors. Digests are made here, as answers carry content
 * and no digests; that the SDK checks them again is not simulated, as nothing can damage a text on its way.
 */
import type * as ClientSqs from '@aws-sdk/client-sqs';
import type { MessageAttributes } from '../../brokers/aws/protocol/common';
import { md5OfAttributes, md5OfText, textOf } from '../../brokers/aws/protocol/content';
import type { ReceivedMessage } from '../../brokers/aws/sqs/protocol';
import type { ScriptWorld } from '../script';
import { attributesFromWire, attributesToWire } from './attributes';
import { type Fields, type Service } from './client';
import { errorClasses } from './errors';
import { composeText } from './message';
import { moduleOf } from './module';

const operations = [
  'AddPermission', 'CancelMessageMoveTask', 'ChangeMessageVisibility', 'ChangeMessageVisibilityBatch', 'CreateQueue',
  'DeleteMessage', 'DeleteMessageBatch', 'DeleteQueue', 'GetQueueAttributes', 'GetQueueUrl',
  'ListDeadLetterSourceQueues', 'ListMessageMoveTasks', 'ListQueueTags', 'ListQueues', 'PurgeQueue', 'ReceiveMessage',
  'RemovePermission', 'SendMessage', 'SendMessageBatch', 'SetQueueAttributes', 'StartMessageMoveTask', 'TagQueue',
  'UntagQueue',
]; // prettier-ignore

const errors = errorClasses('SQSServiceException', [
  'BatchEntryIdsNotDistinct', 'BatchRequestTooLong', 'EmptyBatchRequest', 'InvalidAddress', 'InvalidAttributeName',
  'InvalidAttributeValue', 'InvalidBatchEntryId', 'InvalidIdFormat', 'InvalidMessageContents', 'InvalidSecurity',
  'KmsAccessDenied', 'KmsDisabled', 'KmsInvalidKeyUsage', 'KmsInvalidState', 'KmsNotFound', 'KmsOptInRequired',
  'KmsThrottled', 'MessageNotInflight', 'OverLimit', 'PurgeQueueInProgress', 'QueueDeletedRecently',
  'QueueDoesNotExist', 'QueueNameExists', 'ReceiptHandleIsInvalid', 'RequestThrottled', 'ResourceNotFoundException',
  'TooManyEntriesInBatchRequest', 'UnsupportedOperation',
]); // prettier-ignore

const service: Service = {
  process: 'sqs',
  errors,
  codes: true,
  request(world, operation, input) {
    const type = `${operation}Request`;
    if (operation === 'SendMessage') return { type, ...sent(world, input) };
    if (operation === 'SendMessageBatch') {
      const { Entries = [], ...rest } = input;
      return { type, ...rest, Entries: (Entries as Fields[]).map((entry) => sent(world, entry)) } as {
        type: string;
      };
    }
    return { type, ...input };
  },
  output(world, operation, response, input) {
    switch (operation) {
      case 'SendMessage':
        return { output: { ...response, ...digestsOf(input) } };
      case 'SendMessageBatch': {
        const entryOf = (id: unknown) => (input['Entries'] as Fields[]).find(({ Id }) => Id === id) ?? {};
        const successful = (response['Successful'] as Fields[]).map((entry) => ({
          ...entry,
          ...digestsOf(entryOf(entry['Id'])),
        }));
        return { output: withoutEmpty({ ...response, Successful: successful }) };
      }
      case 'DeleteMessageBatch':
      case 'ChangeMessageVisibilityBatch':
        return { output: withoutEmpty(response) };
      case 'ReceiveMessage': {
        const messages = response['Messages'] as readonly ReceivedMessage[] | undefined;
        return { output: messages ? { Messages: messages.map((one) => received(world, one)) } : {} };
      }
      default:
        return { output: response };
    }
  },
};

/** A message or an entry of a batch, as it travels. */
function sent(world: ScriptWorld, input: Fields): Fields {
  const { MessageBody, MessageAttributes: given, MessageSystemAttributes: system, ...rest } = input;
  return {
    ...rest,
    Body: {
      message: composeText(world, String(MessageBody ?? ''), rest['MessageGroupId'] as string | undefined),
    },
    ...(given === undefined ? {} : { MessageAttributes: attributesToWire(given as Fields) }),
    ...(system === undefined ? {} : { MessageSystemAttributes: attributesToWire(system as Fields) }),
  };
}

function digestsOf({
  MessageBody,
  MessageAttributes: given,
  MessageSystemAttributes: system,
}: Fields): Fields {
  return defined({
    MD5OfMessageBody: md5OfText(String(MessageBody ?? '')),
    MD5OfMessageAttributes: md5OfAttributes(attributesToWire(given as Fields)),
    MD5OfMessageSystemAttributes: md5OfAttributes(attributesToWire(system as Fields)),
  });
}

function received(
  world: ScriptWorld,
  { Body, MessageAttributes: given, observed: _, ...rest }: ReceivedMessage,
): Fields {
  const text = textOf(Body, world.body(Body.message));
  const attributes: MessageAttributes | undefined = given;
  return defined({
    ...rest,
    Body: text,
    MD5OfBody: md5OfText(text),
    MessageAttributes: attributesFromWire(attributes),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
  });
}

/** In the JSON protocol an empty list of a batch's answer is left out. */
function withoutEmpty(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The module as a program imports it, for one world. */
export function sqsModule(world: ScriptWorld): typeof ClientSqs {
  return moduleOf<typeof ClientSqs>(world, 'client-sqs', 'SQSClient', operations, service);
}
