import type { MessageId } from '../../../kernel/bodies';
import type { Cargo } from '../../../kernel/part';
import { queueNameOf, type ReceiveMessageResponse, type SqsRequest } from './protocol';

/** Messages on their way to a queue, or from it. */
export function cargo(command: { readonly type: string }): readonly Cargo[] {
  const sent = command as SqsRequest;
  if (sent.type === 'SendMessageRequest') return [to(sent.QueueUrl, [sent.Body.message])];
  if (sent.type === 'SendMessageBatchRequest')
    return [to(sent.QueueUrl, sent.Entries.map(({ Body }) => Body.message))]; // prettier-ignore
  if (command.type !== 'ReceiveMessageResponse') return [];
  const { Messages = [] } = command as ReceiveMessageResponse;
  if (Messages.length === 0) return [];
  return [
    {
      lane: Messages[0].observed.queue,
      messages: Messages.map(({ Body }) => Body.message),
      positions: Messages.map(({ observed }) => observed.position),
    },
  ];
}

function to(url: string, messages: readonly MessageId[]): Cargo {
  return { lane: queueNameOf(url), messages };
}
