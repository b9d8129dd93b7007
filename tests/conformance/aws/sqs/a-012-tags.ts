import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'A-012',
  title: 'A queue’s tags can be set and taken away; without any there is no list.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const { TagQueueCommand, UntagQueueCommand, ListQueueTagsCommand } = aws.sqs;
    const QueueUrl = queue.url;
    const tags = async () => (await queue.client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags ?? null;
    await queue.client.send(
      new TagQueueCommand({ QueueUrl, Tags: { tag1: 'value1', tag2: 'value2', tag3: '' } }),
    );
    observe('three', await tags());
    await queue.client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['tag1', 'tag3'] }));
    observe('one', await tags());
    await queue.client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['tag2'] }));
    observe('none', await tags());
  },
});
