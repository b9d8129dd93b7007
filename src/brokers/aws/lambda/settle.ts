/** Deleting from the queue what is done with: at most ten in a call. */
import type { Context } from '../../../kernel/machine';
import { resourceOf } from '../protocol/common';
import { queueUrl, type DeleteMessageBatchRequest, type ReceivedMessage } from '../sqs/protocol';
import type { LambdaState, Mapping } from './state';

const entriesMax = 10;

/** Asks for it; answers are counted for the batch (0: for none). How many calls that are. */
export function remove(
  state: LambdaState,
  mapping: Mapping,
  batch: number,
  messages: readonly ReceivedMessage[],
  context: Context,
): number {
  let calls = 0;
  for (let from = 0; from < messages.length; from += entriesMax) {
    const request: DeleteMessageBatchRequest = {
      type: 'DeleteMessageBatchRequest',
      QueueUrl: queueUrl(resourceOf(mapping.queueArn)!.name),
      Entries: messages.slice(from, from + entriesMax).map(({ ReceiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle,
      })),
    };
    const connection = context.request(state.settings.processes.sqs, request);
    state.awaited.set(connection, { is: 'delete', mapping: mapping.uuid, batch });
    calls++;
  }
  return calls;
}
