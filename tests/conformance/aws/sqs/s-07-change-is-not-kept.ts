import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-07',
  title: 'A changed visibility timeout is for this receive only: at the next one the queue’s own holds.',
  broker: 'aws',
  compare: { hiddenLonger: 'D', again: 'D', third: 'D', hiddenFor: { code: 'T', min: 1900, max: 3000 } },
  async run(tools) {
    const { observe, sleep, now } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '2' });
    await queue.send('order');
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    await queue.changeVisibility(message, 10);
    await sleep(3000);
    observe('hiddenLonger', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
    const again = await queue.receive({ WaitTimeSeconds: 20 });
    observe('again', bodiesOf(again));
    const since = now();
    observe('third', bodiesOf(await queue.receive({ WaitTimeSeconds: 20 })));
    observe('hiddenFor', now() - since);
  },
});
