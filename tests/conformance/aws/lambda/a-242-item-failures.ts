import { defineConformance } from '../../define';
import { createFifoQueue, deadLettersTo, bodiesOf } from '../steps';
import { mapQueue, recordsOf, createNoting, type SqsEvent } from '../functions';

export default defineConformance({
  id: 'A-242',
  title:
    'Reported failures come again without those that went well; what fails too often ends in the dead-letter queue.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, until } = tools;
    const dead = await createFifoQueue(tools, {}, 'dead');
    const queue = await createFifoQueue(tools, { VisibilityTimeout: '8', ...(await deadLettersTo(dead, 2)) });
    const failuresLeft = new Map([
      ['message-1', 0],
      ['message-2', 1],
      ['message-3', 1],
      ['message-4', 2],
    ]);
    const { name, runs } = await createNoting(
      tools,
      ({ Records }: SqsEvent) => {
        const failed = Records.filter(({ body }) => {
          const left = failuresLeft.get(body)!;
          failuresLeft.set(body, left - 1);
          return left > 0;
        });
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
      { timeoutMs: 6000 },
    );
    await queue.sendBatch(
      [1, 2, 3, 4].map((number) => ({
        ...{ Id: `message-${number}`, MessageBody: `message-${number}` },
        ...{ MessageGroupId: '1', MessageDeduplicationId: `dedup-${number}` },
      })),
    );
    await mapQueue(tools, name, queue, { BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await until(() => runs.length === 2, 60_000);
    observe('dead', bodiesOf(await dead.collect(1)));
    observe('runs', runs.map(recordsOf));
  },
});
