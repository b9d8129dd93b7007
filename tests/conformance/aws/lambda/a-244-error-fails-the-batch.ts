import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf } from '../steps';
import { mapQueue, createNoting, type SqsEvent } from '../functions';

export default defineConformance({
  id: 'A-244',
  title: 'A function that throws fails its whole batch, though it reports failures one by one elsewhere.',
  broker: 'aws',
  compare: 'M',
  async run(tools) {
    const { observe, until } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 2, { VisibilityTimeout: '2' });
    const { name } = await createNoting(
      tools,
      ({ Records }: SqsEvent) => {
        for (const { body } of Records) JSON.parse(body);
        return { batchItemFailures: [] };
      },
      { timeoutMs: 2000 },
    );
    await queue.sendBatch([
      { Id: 'message-1', MessageBody: '{not a json body' },
      { Id: 'message-2', MessageBody: '{"message": 2, "fail_attempts": 0}' },
    ]);
    await until(async () => (await queue.counts()).visible === 2);
    await mapQueue(tools, name, queue, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    observe('dead', bodiesOf(await dead.collect(2)));
  },
});
