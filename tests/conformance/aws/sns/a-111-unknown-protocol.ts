import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-111',
  title: 'A protocol that SNS does not know is refused by name.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const { SubscribeCommand } = topic.sns;
    const command = new SubscribeCommand({
      TopicArn: topic.arn,
      Protocol: 'test-protocol',
      Endpoint: 'somebody@example.com',
    });
    observe('error', await errorOf(topic.client.send(command)));
  },
});
