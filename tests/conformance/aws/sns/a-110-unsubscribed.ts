import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { createTopic, subscribe, setSubscription, attributesOfSubscription } from '../topics';

export default defineConformance({
  id: 'A-110',
  title: 'A subscription is in the topic’s list until it is cancelled; then its attributes cannot be set.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const arn = await subscribe(topic, queue);
    const { ListSubscriptionsByTopicCommand, UnsubscribeCommand } = topic.sns;
    const list = async () => {
      const command = new ListSubscriptionsByTopicCommand({ TopicArn: topic.arn });
      const { Subscriptions = [] } = await topic.client.send(command);
      return Subscriptions.map(({ Protocol, Endpoint, TopicArn }) => ({ Protocol, Endpoint, TopicArn }));
    };
    observe('attributes', await attributesOfSubscription(topic, arn));
    observe('before', await list());
    await topic.client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    observe('set', await errorOf(setSubscription(topic, arn, 'RawMessageDelivery', 'true')));
    observe('after', await list());
  },
});
