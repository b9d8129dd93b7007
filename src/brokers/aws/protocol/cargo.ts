/** What the tokens between AWS's services and their clients carry, by queue, topic or function. */
import type { Tagged } from '../../../kernel/machine';
import type { Cargo } from '../../../kernel/part';
import type { InvokeRequest, LambdaEvent, RunInvocationRequest } from '../lambda/protocol';
import type { PublishBatchRequest, PublishRequest } from '../sns/protocol';
import {
  queueNameOf,
  type ReceiveMessageResponse,
  type SendMessageBatchRequest,
  type SendMessageRequest,
} from '../sqs/protocol';
import type { Content } from './content';
import { resourceOf } from './common';

/** Of everything that does not come out of a queue or a topic of the part that asks. */
export function cargoOfAws(command: Tagged): readonly Cargo[] {
  switch (command.type) {
    case 'SendMessageRequest': {
      const { QueueUrl, Body } = command as SendMessageRequest;
      return carried(queueNameOf(QueueUrl), [Body]);
    }
    case 'SendMessageBatchRequest': {
      const { QueueUrl, Entries } = command as SendMessageBatchRequest;
      return carried(
        queueNameOf(QueueUrl),
        Entries.map(({ Body }) => Body),
      );
    }
    case 'PublishRequest': {
      const { TopicArn, TargetArn = '', Message } = command as PublishRequest;
      return carried(resourceOf(TopicArn ?? TargetArn)?.name ?? null, [Message]);
    }
    case 'PublishBatchRequest': {
      const { TopicArn, PublishBatchRequestEntries: entries } = command as PublishBatchRequest;
      return carried(
        resourceOf(TopicArn)?.name ?? null,
        entries.map(({ Message }) => Message),
      );
    }
    case 'ReceiveMessageResponse': {
      const { Messages = [] } = command as ReceiveMessageResponse;
      return carried(
        null,
        Messages.map(({ Body }) => Body),
      );
    }
    case 'InvokeRequest':
      return carried(null, contentsOf((command as InvokeRequest).Payload));
    case 'RunInvocationRequest':
      return carried(null, contentsOf((command as RunInvocationRequest).event));
    default:
      return [];
  }
}

/** The messages in an event. */
export function contentsOf(event: LambdaEvent): readonly Content[] {
  if (!('Records' in event)) return [{ message: event.message }];
  return event.Records.map((record) => ('Sns' in record ? record.Sns.Message : record.body));
}

function carried(lane: string | null, contents: readonly Content[]): readonly Cargo[] {
  if (contents.length === 0) return [];
  return [{ lane, messages: contents.map(({ message }) => message) }];
}
