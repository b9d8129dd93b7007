import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';
import { createTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'A-155',
  title: 'A list in a body passes when one of its values does, for each subscription by itself.',
  broker: 'aws',
  compare: 'M',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const subscribed = async (route: string) => {
      const queue = await createQueue(tools, {}, route);
      await subscribe(topic, queue, {
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: JSON.stringify({ headers: { 'route-to': [route] } }),
        RawMessageDelivery: 'true',
      });
      return queue;
    };
    const first = await subscribed('queue1');
    const second = await subscribed('queue2');
    for (const message of [
      '{"headers": {"route-to": ["queue3"]}}',
      '{"headers": {"route-to": ["queue1"]}}',
      '{"headers": {"route-to": ["queue2"]}}',
      '{"headers": {"route-to": ["queue1", "queue2"]}}',
    ])
      await topic.publish(message);
    observe('first', bodiesOf(await takeAll(first, 3)));
    observe('second', bodiesOf(await takeAll(second, 3)));
  },
});
