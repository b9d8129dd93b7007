import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { snsClient } from '../topics';

export default defineConformance({
  id: 'A-105',
  title: 'An endpoint that does not exist is no target.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const { PublishCommand } = aws.sns;
    const client = snsClient(tools);
    const TargetArn =
      'arn:aws:sns:us-east-1:000000000000:endpoint/APNS/abcdef/0f7d5971-aa8b-4bd5-b585-0826e9f93a66';
    observe('error', await errorOf(client.send(new PublishCommand({ TargetArn, Message: 'push' }))));
  },
});
