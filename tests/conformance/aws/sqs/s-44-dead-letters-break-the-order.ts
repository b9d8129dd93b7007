import { defineConformance } from '../../define';
import { createFifoQueue, deadLettersTo, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-44',
  title: 'When a message of a group goes to the dead-letter queue those behind it overtake it.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const dead = await createFifoQueue(tools, {}, 'dead');
    const queue = await createFifoQueue(tools, {
      ...{ ContentBasedDeduplication: 'true', VisibilityTimeout: '1' },
      ...(await deadLettersTo(dead, 1)),
    });
    for (const body of ['1', '2']) await queue.send(body, { MessageGroupId: 'g' });
    observe('first', bodiesOf(await queue.receive({ MaxNumberOfMessages: 1 })));
    await sleep(1500);
    observe('next', bodiesOf(await queue.receive({ MaxNumberOfMessages: 1 })));
    observe('dead', bodiesOf(await dead.collect(1)));
  },
});
