import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-142',
  title: 'A topic’s tags: a key stands once, is overwritten, and is taken away.',
  broker: 'aws',
  compare: { twice: 'D', two: 'M', one: 'D', changed: 'D' },
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const { TagResourceCommand, UntagResourceCommand, ListTagsForResourceCommand } = topic.sns;
    const ResourceArn = topic.arn;
    const tag = (...Tags: { Key: string; Value: string }[]) =>
      topic.client.send(new TagResourceCommand({ ResourceArn, Tags }));
    const tags = async () => (await topic.client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
    const [k1, k2] = [
      { Key: 'k1', Value: 'v1' },
      { Key: 'k2', Value: 'v2' },
    ];
    observe('twice', await errorOf(tag(k1, k2, k2)));
    await tag(k1, k2);
    observe('two', await tags());
    await topic.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['k1'] }));
    observe('one', await tags());
    await tag({ Key: 'k2', Value: 'v2b' });
    observe('changed', await tags());
  },
});
