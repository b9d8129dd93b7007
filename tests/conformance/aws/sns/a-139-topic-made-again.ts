import { defineConformance } from '../../define';
import { snsClient } from '../topics';

export default defineConformance({
  id: 'A-139',
  title: 'A topic made again, with the same tags, some of them or none, is the same topic.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, name, observe } = tools;
    const { CreateTopicCommand } = aws.sns;
    const client = snsClient(tools);
    const topicName = name('events');
    const tags = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    const create = async (Tags: typeof tags) =>
      (await client.send(new CreateTopicCommand({ Name: topicName, Tags }))).TopicArn;
    observe('made', await create(tags));
    observe('sameTags', await create(tags));
    observe('oneTag', await create([tags[0]]));
    observe('noTags', await create([]));
  },
});
