import { defineConformance } from '../../define';
import { snsClient } from '../topics';

export default defineConformance({
  id: 'A-145',
  title: 'A topic that was deleted can be made anew at once, under the same ARN, with other tags.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, name, observe } = tools;
    const { CreateTopicCommand, DeleteTopicCommand } = aws.sns;
    const client = snsClient(tools);
    const topicName = name('events');
    const create = async (Value: string) =>
      (await client.send(new CreateTopicCommand({ Name: topicName, Tags: [{ Key: 'Name', Value }] })))
        .TopicArn;
    const first = await create('pqr');
    await client.send(new DeleteTopicCommand({ TopicArn: first }));
    observe('same', (await create('abc')) === first);
  },
});
