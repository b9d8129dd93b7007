import { defineConformance } from '../../define';
import { createQueue, bodiesOf, text } from '../steps';
import { createTopic, subscribe, takeAll, attributesOfSubscription } from '../topics';

export default defineConformance({
  id: 'A-152',
  title: 'An attribute that is a list passes when one of its values does.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const FilterPolicy = '{"store": ["value1"]}';
    const arn = await subscribe(topic, queue, {
      FilterPolicy,
      FilterPolicyScope: 'MessageAttributes',
      RawMessageDelivery: 'true',
    });
    observe('attributes', await attributesOfSubscription(topic, arn));
    const arrived = async (message: string, type: string, value: string) => {
      await topic.publish(message, { MessageAttributes: { store: text(value, type) } });
      return bodiesOf(await takeAll(queue, 1));
    };
    observe('value', await arrived('message-1', 'String', 'value1'));
    observe('among', await arrived('message-2', 'String.Array', '["value1", "value2"]'));
    observe('others', await arrived('message-3', 'String.Array', '["value2", "value3"]'));
  },
});
