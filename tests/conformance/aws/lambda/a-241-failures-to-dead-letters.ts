import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf } from '../steps';
import { mapQueue, recordsOf, createNoting } from '../functions';

export default defineConformance({
  id: 'A-241',
  title:
    'A message whose function always fails goes to the dead-letter queue after as many attempts as the policy says, and no sooner.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, until } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 2, { VisibilityTimeout: '5' });
    const { name, runs } = await createNoting(
      tools,
      () => {
        throw new Error('failed attempt');
      },
      { timeoutMs: 5000 },
    );
    await mapQueue(tools, name, queue, { BatchSize: 1 });
    await queue.send('order');
    await until(() => runs.length === 1, 60_000);
    observe('afterOne', bodiesOf(await dead.receive({ WaitTimeSeconds: 1 })));
    observe('dead', bodiesOf(await dead.collect(1)));
    observe('runs', runs.map(recordsOf));
    observe('left', await queue.counts());
  },
});
