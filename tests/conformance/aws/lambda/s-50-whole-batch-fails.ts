import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf } from '../steps';
import { mapQueue, recordsOf, createNoting } from '../functions';

export default defineConformance({
  id: 'S-50',
  title:
    'When a function throws all of its batch comes again after the visibility timeout, and ends in the dead-letter queue after as many receives as allowed.',
  broker: 'aws',
  compare: { counts: 'M', between: { code: 'T', min: 29_000, max: 45_000 }, dead: 'M' },
  async run(tools) {
    const { observe, until, now } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 2, { VisibilityTimeout: '30' });
    const times: number[] = [];
    const { name, runs } = await createNoting(tools, () => {
      times.push(now());
      throw new Error('this is what it does');
    });
    for (const body of ['a', 'b', 'c']) await queue.send(body);
    await mapQueue(tools, name, queue, { BatchSize: 10, MaximumBatchingWindowInSeconds: 2 });
    await until(() => runs.flat().length >= 6, 120_000);
    observe('counts', recordsOf(runs.flat()));
    observe('between', times.at(-1)! - times[0]);
    observe('dead', bodiesOf(await dead.collect(3)));
  },
});
