import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, takeAll } from '../topics';

// The recording holds no answers: the test, validated on AWS, asserts that a large body with such a key passes.
export default defineConformance({
  id: 'A-512',
  title: 'A key with dots in it finds the key of that name.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const policy = {
      detail: { 'payload.nested.another-level.deep': { 'inside-list': [{ prefix: 'q-test' }] } },
    };
    await subscribe(topic, queue, {
      ...{
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: JSON.stringify(policy),
        RawMessageDelivery: 'true',
      },
    });
    const deep = [{ 'inside-list': ['other', 'q-test-1'] }, { 'inside-list': ['more'] }];
    await topic.publish(JSON.stringify({ number: 1, detail: { 'payload.nested.another-level.deep': deep } }));
    observe(
      'received',
      (await takeAll(queue, 2)).map(({ Body }) => (JSON.parse(Body!) as { number: number }).number),
    );
  },
});
