import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';
import { createTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'S-47',
  title: 'A filter on the body looks into a JSON object; what is none does not pass.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    await subscribe(topic, queue, {
      ...{
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: '{"object": {"key": [{"prefix": "auto-"}]}}',
        RawMessageDelivery: 'true',
      },
    });
    for (const message of [
      '{"object": {"key": "auto-test"}}',
      '{"object": {"key": "test-auto"}}',
      'no JSON',
      '"text"',
    ])
      await topic.publish(message);
    observe('received', bodiesOf(await takeAll(queue, 4)));
  },
});
