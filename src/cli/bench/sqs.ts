/**
 * SQS end to end on a standard queue: one client sends batches of ten as soon as the one before is answered, others
 * receive ten at a time by long polling and delete them in a batch. One message is accepted, received, hidden and
 * deleted.
 */
import { part as sqs } from '../../brokers/aws/sqs/broker';
import type {
  DeleteMessageBatchRequest,
  ReceiveMessageRequest,
  ReceiveMessageResponse,
  SendMessageBatchRequest,
} from '../../brokers/aws/sqs/protocol';
import { latencyTable } from '../../kernel/distribution';
import type { FactSink } from '../../kernel/fact';
import { Kernel } from '../../kernel/kernel';
import type { Context, Machine, Tagged } from '../../kernel/machine';
import { seconds } from '../../kernel/time';

const perCall = 10;
/** Sends under way at once. */
const senders = 4;
const QueueUrl = 'bench';

interface Count {
  done: number;
}

const producer: Machine<Count, Tagged, { readonly limit: number }> = {
  kind: 'bench.sender',
  init: ({ limit }) => ({ done: limit }),
  apply(state, command, context) {
    if (command.type === 'Start') for (let i = 0; i < senders; i++) sendTen(state, context);
    else if (command.type === 'SendMessageBatchResponse') sendTen(state, context);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};

/** `done` counts down what is left to send. */
function sendTen(state: Count, context: Context): void {
  if (state.done <= 0) return;
  const Entries: SendMessageBatchRequest['Entries'][number][] = [];
  for (let i = 0; i < perCall && state.done > 0; i++) {
    const number = state.done--;
    const message = context.compose({
      ...{ domain: 'order', type: 'OrderPlaced', label: 'OC', key: null, version: number, correlation: '' },
      data: { number },
    });
    Entries.push({ Id: String(i), Body: { message } });
  }
  const request: SendMessageBatchRequest = { type: 'SendMessageBatchRequest', QueueUrl, Entries };
  context.request('sqs', request);
}

const consumer: Machine<Count, Tagged, null> = {
  kind: 'bench.receiver',
  init: () => ({ done: 0 }),
  apply(state, command, context) {
    if (command.type === 'ReceiveMessageResponse') {
      const { Messages = [] } = command as ReceiveMessageResponse;
      state.done += Messages.length;
      if (Messages.length > 0) {
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        const request: DeleteMessageBatchRequest = { type: 'DeleteMessageBatchRequest', QueueUrl, Entries };
        context.request('sqs', request);
      }
    } else if (command.type !== 'Start') return;
    const poll = { QueueUrl, MaxNumberOfMessages: perCall, WaitTimeSeconds: 20 };
    const request: ReceiveMessageRequest = { type: 'ReceiveMessageRequest', ...poll };
    context.request('sqs', request);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};

/** Runs until every message was received and deleted; throws if that does not happen. */
export function sqsRun(messages: number, sink: FactSink | null): Kernel {
  const latency = latencyTable(0.5);
  const receivers = ['receiver-1', 'receiver-2', 'receiver-3', 'receiver-4'];
  const kernel = new Kernel({
    seed: 3,
    sink,
    latency: () => latency,
    act: () => undefined,
    processes: [
      {
        ...{ name: 'sqs', restartAfter: null },
        parts: [
          { name: 'broker', machine: sqs.machine, options: { name: 'sqs', queues: [{ name: QueueUrl }] } },
        ],
      },
      {
        ...{ name: 'sender', restartAfter: null },
        parts: [{ name: 'bulk', machine: producer, options: { limit: messages } }],
      },
      ...receivers.map((name) => ({
        ...{ name, restartAfter: null },
        parts: [{ name: 'poller', machine: consumer, options: null }],
      })),
    ],
  });
  const received = () =>
    receivers.reduce((sum, name) => sum + (kernel.part(`${name}/poller`)!.state as Count).done, 0);
  while (received() < messages && kernel.now < seconds(3600)) kernel.runUntil(kernel.now + seconds(1));
  // a copy that survived its delete is received again, half a minute later
  if (received() < messages) throw new Error(`${received()} of ${messages} messages were received.`);
  return kernel;
}
