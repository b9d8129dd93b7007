import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-13',
  title: 'A delayed message is counted as delayed and cannot be received before its time.',
  broker: 'aws',
  compare: { meanwhile: 'D', received: 'D', after: { code: 'T', min: 1900, max: 3000 } },
  async run(tools) {
    const { observe, now } = tools;
    const queue = await createQueue(tools);
    await queue.send('order', { DelaySeconds: 2 });
    const sent = now();
    observe('meanwhile', await queue.counts());
    observe('received', bodiesOf(await queue.receive({ WaitTimeSeconds: 20 })));
    observe('after', now() - sent);
  },
});
