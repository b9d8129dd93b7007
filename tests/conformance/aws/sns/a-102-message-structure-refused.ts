import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-102',
  title:
    'A message with a text for each protocol is JSON with a default text; the same key twice is let through.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const publish = (message: string) => topic.publish(message, { MessageStructure: 'json' });
    observe('noDefault', await errorOf(publish('{"sqs": "Test message"}')));
    observe('noJson', await errorOf(publish('{"default": "This is a default message"} }')));
    observe(
      'twice',
      await errorOf(publish('{"default": "This is a default message", "default": "Duplicate"}')),
    );
    observe('noText', await errorOf(publish('{"default": {"object": "test"}}')));
  },
});
