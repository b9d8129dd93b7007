import { defineConformance } from '../../define';
import { createQueue, bodiesOf, errorOf } from '../steps';

export default defineConformance({
  id: 'S-25',
  title: 'A purge takes everything within a minute, what is in flight too; the next one has to wait.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '120' });
    for (const body of ['a', 'b', 'c']) await queue.send(body);
    const [inFlight] = await queue.receive();
    await queue.purge();
    observe('again', await errorOf(queue.purge()));
    await sleep(60_000);
    observe('left', await queue.counts());
    observe('hide', (await errorOf(queue.changeVisibility(inFlight, 0)))?.code);
    observe('received', bodiesOf(await queue.receive()));
  },
});
