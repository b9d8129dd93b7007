import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { snsClient } from '../topics';

export default defineConformance({
  id: 'A-114',
  title: 'What is no ARN of a subscription cannot be cancelled.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const { UnsubscribeCommand } = aws.sns;
    const client = snsClient(tools);
    const attempt = (SubscriptionArn: string | undefined) =>
      errorOf(client.send(new UnsubscribeCommand({ SubscriptionArn })));
    observe('one', await attempt('randomstring'));
    observe('five', await attempt('arn:aws:sns:us-east-1:random'));
    observe('topic', await attempt('arn:aws:sns:us-east-1:000000000000:random'));
    observe('nothing', await attempt(undefined));
  },
});
