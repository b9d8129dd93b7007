import { defineConformance } from '../../define';
import { createQueue, bodiesOf, text } from '../steps';
import { createTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'S-46',
  title:
    'Every key of a filter has to pass; an attribute that is missing does not, unless it has to be missing.',
  broker: 'aws',
  compare: 'M',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const policy = { type: ['a'], price: [{ numeric: ['>', 10] }], test: [{ exists: false }] };
    await subscribe(topic, queue, { FilterPolicy: JSON.stringify(policy), RawMessageDelivery: 'true' });
    const type = text('a');
    const price = text('11', 'Number');
    await topic.publish('both', { MessageAttributes: { type, price } });
    await topic.publish('other type', { MessageAttributes: { type: text('b'), price } });
    await topic.publish('low price', { MessageAttributes: { type, price: text('10', 'Number') } });
    await topic.publish('no price', { MessageAttributes: { type } });
    await topic.publish('nothing');
    await topic.publish('one too many', { MessageAttributes: { type, price, test: text('x') } });
    observe('received', bodiesOf(await takeAll(queue, 6)));
  },
});
