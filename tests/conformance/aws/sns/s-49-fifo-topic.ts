import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';
import { createFifoTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'S-49',
  title: 'A FIFO topic delivers an id once, and each group in its order.',
  broker: 'aws',
  compare: { received: 'P', count: 'D' },
  async run(tools) {
    const { observe } = tools;
    const topic = await createFifoTopic(tools);
    const queue = await createFifoQueue(tools);
    await subscribe(topic, queue, { RawMessageDelivery: 'true' });
    const publish = (message: string, group: string, id = message) =>
      topic.publish(message, { MessageGroupId: group, MessageDeduplicationId: id });
    for (const [message, group] of [
      ['a1', 'a'],
      ['b1', 'b'],
      ['a2', 'a'],
      ['b2', 'b'],
      ['a3', 'a'],
    ])
      await publish(message, group);
    await publish('again', 'a', 'a1');
    const received = bodiesOf(await takeAll(queue, 6));
    observe(
      'received',
      ['a', 'b'].map((group) => received.filter((body) => body.startsWith(group))),
    );
    observe('count', received.length);
  },
});
