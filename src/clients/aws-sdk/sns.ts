/**
 * @aws-sdk/client-sns 3.1169: its client, commands, outputs and errors. Mobile push, SMS and data protection are not
 * offered.
 */
import type * as ClientSns from '@aws-sdk/client-sns';
import type { ScriptWorld } from '../script';
import { attributesToWire } from './attributes';
import type { Fields, Service } from './client';
import { errorClasses } from './errors';
import { composeText } from './message';
import { moduleOf } from './module';

const operations = [
  'AddPermission', 'CreateTopic', 'DeleteTopic', 'GetSubscriptionAttributes', 'GetTopicAttributes',
  'ListSubscriptions', 'ListSubscriptionsByTopic', 'ListTagsForResource', 'ListTopics', 'Publish', 'PublishBatch',
  'RemovePermission', 'SetSubscriptionAttributes', 'SetTopicAttributes', 'Subscribe', 'TagResource', 'Unsubscribe',
  'UntagResource',
]; // prettier-ignore

const errors = errorClasses('SNSServiceException', [
  'AuthorizationErrorException', 'BatchEntryIdsNotDistinctException', 'BatchRequestTooLongException',
  'ConcurrentAccessException', 'EmptyBatchRequestException', 'EndpointDisabledException',
  'FilterPolicyLimitExceededException', 'InternalErrorException', 'InvalidBatchEntryIdException',
  'InvalidParameterException', 'InvalidParameterValueException', 'InvalidSecurityException', 'InvalidStateException',
  'KMSAccessDeniedException', 'KMSDisabledException', 'KMSInvalidStateException', 'KMSNotFoundException',
  'KMSOptInRequired', 'KMSThrottlingException', 'NotFoundException', 'OptedOutException',
  'PlatformApplicationDisabledException', 'ReplayLimitExceededException', 'ResourceNotFoundException',
  'StaleTagException', 'SubscriptionLimitExceededException', 'TagLimitExceededException', 'TagPolicyException',
  'ThrottledException', 'TooManyEntriesInBatchRequestException', 'TopicLimitExceededException', 'UserErrorException',
  'ValidationException', 'VerificationException',
]); // prettier-ignore

const service: Service = {
  process: 'sns',
  errors,
  codes: true,
  request(world, operation, input) {
    const type = `${operation}Request`;
    if (operation === 'Publish') return { type, ...published(world, input) };
    if (operation !== 'PublishBatch') return { type, ...input };
    const { PublishBatchRequestEntries: entries = [], ...rest } = input;
    const translated = (entries as Fields[]).map((entry) => published(world, entry));
    return Object.assign({ type }, rest, { PublishBatchRequestEntries: translated });
  },
  output: (_world, _operation, response) => ({ output: response }),
};

function published(world: ScriptWorld, input: Fields): Fields {
  const { Message, MessageAttributes: given, ...rest } = input;
  return {
    ...rest,
    Message: {
      message: composeText(world, String(Message ?? ''), rest['MessageGroupId'] as string | undefined),
    },
    ...(given === undefined ? {} : { MessageAttributes: attributesToWire(given as Fields) }),
  };
}

/** The module as a program imports it, for one world. */
export function snsModule(world: ScriptWorld): typeof ClientSns {
  return moduleOf<typeof ClientSns>(world, 'client-sns', 'SNSClient', operations, service);
}
