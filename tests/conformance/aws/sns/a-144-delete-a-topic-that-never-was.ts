import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { snsClient } from '../topics';

export default defineConformance({
  id: 'A-144',
  title: 'A topic that never was can be deleted.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const { DeleteTopicCommand } = aws.sns;
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:non-existent';
    observe('error', await errorOf(snsClient(tools).send(new DeleteTopicCommand({ TopicArn }))));
  },
});
