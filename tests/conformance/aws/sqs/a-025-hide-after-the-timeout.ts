import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-025',
  title: 'On a standard queue the visibility of a message can be changed after its timeout.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '1' });
    await queue.send('test');
    const [message] = await queue.receive();
    await sleep(2000);
    observe('error', await errorOf(queue.changeVisibility(message, 2)));
  },
});
