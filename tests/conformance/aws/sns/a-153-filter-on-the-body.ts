import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, envelopeOf, setSubscription, takeAll } from '../topics';

export default defineConformance({
  id: 'A-153',
  title:
    'A filter on the body looks into nested objects: every key has to pass, by one of its values; what is no JSON object does not pass.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const arn = await subscribe(topic, queue);
    const policy = {
      object: { key: [{ prefix: 'auto-' }, 'hardcodedvalue'], nested_key: [{ exists: false }] },
      test: [{ exists: false }],
    };
    await setSubscription(topic, arn, 'FilterPolicyScope', 'MessageBody');
    await setSubscription(topic, arn, 'FilterPolicy', JSON.stringify(policy));
    const arrived = async (...messages: string[]) => {
      for (const message of messages) await topic.publish(message);
      return (await takeAll(queue, 1, 5)).map((message) => envelopeOf(message).Message);
    };
    observe('prefix', await arrived('{"object": {"key": "auto-test"}}'));
    observe('value', await arrived('{"object": {"key": "hardcodedvalue"}}'));
    observe(
      'nothing',
      await arrived(
        '{"object": {"key": "test-auto"}}',
        '{"object": {"key": "auto-test"}, "test": "just-exists"}',
        '{"object": {"key": "auto-test", "nested_key": "just-exists"}}',
        '{"object": {"test": "auto-test"}}',
        '{"test": "auto-test"}',
      ),
    );
    observe('noObject', await arrived('Regular string message', '"Regular string message"'));
  },
});
