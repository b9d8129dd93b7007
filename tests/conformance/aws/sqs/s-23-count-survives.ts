import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf, counted, countOf } from '../steps';

export default defineConformance({
  id: 'S-23',
  title: 'With a maximum of three a consumer sees a message three times, then never.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 3);
    await queue.send('order');
    const counts: number[] = [];
    for (let tries = 0; tries < 6; tries++)
      counts.push(...(await queue.receive({ VisibilityTimeout: 0, ...counted })).map(countOf));
    observe('counts', counts);
    observe('dead', bodiesOf(await dead.collect(1)));
  },
});
