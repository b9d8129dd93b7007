import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-417',
  title: 'A message is in the queue that it was sent to.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const other = await createQueue(tools);
    await queue.send('message');
    observe('other', bodiesOf(await other.receive({ WaitTimeSeconds: 1 })));
    observe('own', bodiesOf(await queue.receive()));
  },
});
