import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-112',
  title: 'Nobody subscribes to what is no ARN, or to a topic that does not exist.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const { SubscribeCommand } = topic.sns;
    const attempt = (TopicArn: string) =>
      errorOf(
        topic.client.send(
          new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'somebody@example.com' }),
        ),
      );
    observe('one', await attempt('randomstring'));
    observe('five', await attempt('arn:aws:sns:us-east-1:random'));
    observe('unknown', await attempt(`${topic.arn}aaa`));
  },
});
