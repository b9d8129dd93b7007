import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-120',
  title: 'A queue is subscribed by its ARN, not by its URL.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const { SubscribeCommand } = topic.sns;
    const command = new SubscribeCommand({ TopicArn: topic.arn, Protocol: 'sqs', Endpoint: queue.url });
    observe('error', await errorOf(topic.client.send(command)));
  },
});
