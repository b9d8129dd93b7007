import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf } from '../steps';
import { mapQueue, recordsOf, createNoting } from '../functions';

export default defineConformance({
  id: 'A-243',
  title: 'An answer about failures that makes no sense fails the whole batch.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 2, { VisibilityTimeout: '4' });
    const { name, runs } = await createNoting(tools, () => ({ batchItemFailures: [{ foo: 'notvalid' }] }));
    await mapQueue(tools, name, queue, { BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    await queue.send('order');
    observe('dead', bodiesOf(await dead.collect(1)));
    observe('runs', runs.map(recordsOf));
  },
});
