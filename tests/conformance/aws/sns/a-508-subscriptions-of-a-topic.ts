import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe } from '../topics';

export default defineConformance({
  id: 'A-508',
  title: 'A topic’s list says of each subscription its protocol, endpoint and topic.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    await subscribe(topic, await createQueue(tools));
    const { ListSubscriptionsByTopicCommand } = topic.sns;
    const { Subscriptions = [] } = await topic.client.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topic.arn }),
    );
    observe(
      'list',
      Subscriptions.map((one) => ({
        fields: Object.keys(one).sort(),
        Protocol: one.Protocol,
        Endpoint: one.Endpoint,
        TopicArn: one.TopicArn,
      })),
    );
  },
});
