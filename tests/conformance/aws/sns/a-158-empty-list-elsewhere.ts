import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'A-158',
  title: 'An empty list elsewhere in the body is no hindrance, and an empty text is a value.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    await subscribe(topic, queue, {
      ...{
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: '{"detail": {"eventVersion": [""]}}',
        RawMessageDelivery: 'true',
      },
    });
    const message = {
      source: 'aws.autoscaling',
      resources: [],
      detail: { eventVersion: '', responseElements: null },
    };
    await topic.publish(JSON.stringify(message));
    observe(
      'received',
      (await takeAll(queue, 1)).map(({ Body }) => JSON.parse(Body!) as unknown),
    );
  },
});
