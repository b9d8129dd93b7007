import { defineConformance } from '../../define';
import { createQueue, bodiesOf, errorOf } from '../steps';

export default defineConformance({
  id: 'A-022',
  title:
    'On a standard queue a message can be deleted after its visibility timeout, while nobody else has received it.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '1' });
    await queue.send('foobar');
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    await sleep(1000);
    observe('delete', await errorOf(queue.delete(message)));
    observe('left', bodiesOf(await queue.receive()));
  },
});
