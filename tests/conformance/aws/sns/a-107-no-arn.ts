import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { snsClient } from '../topics';

export default defineConformance({
  id: 'A-107',
  title: 'What is no ARN is refused, with the number of parts it has.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const { PublishCommand } = aws.sns;
    const client = snsClient(tools);
    const publish = (TopicArn: string) =>
      errorOf(client.send(new PublishCommand({ TopicArn, Message: 'news' })));
    observe('one', await publish('randomstring'));
    observe('two', await publish('randomstring:1'));
    observe('empty', await publish(''));
  },
});
