import { defineConformance } from '../../define';
import { createQueue, bodiesOf, counted, countOf } from '../steps';

export default defineConformance({
  id: 'S-05',
  title: 'A visibility timeout changed to nothing makes the message receivable at once.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('order');
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    observe('hidden', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
    await queue.changeVisibility(message, 0);
    const [again] = await queue.receive({ WaitTimeSeconds: 1, ...counted });
    observe('again', { body: again.Body, count: countOf(again) });
  },
});
