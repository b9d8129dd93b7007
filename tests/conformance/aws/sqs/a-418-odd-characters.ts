import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-418',
  title: 'Quotes, entities and a carriage return come out as they went in.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('"&quot;&quot;\r');
    observe('received', bodiesOf(await queue.receive()));
  },
});
