import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-140',
  title: 'What a new topic says of itself, and that a deleted one says nothing.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('arn', topic.arn);
    const attributes = await topic.attributes();
    const { DisplayName, SubscriptionsConfirmed, SubscriptionsDeleted, SubscriptionsPending, TopicArn } =
      attributes;
    observe('attributes', {
      DisplayName,
      SubscriptionsConfirmed,
      SubscriptionsDeleted,
      SubscriptionsPending,
      TopicArn,
    });
    await topic.destroy();
    observe('gone', await errorOf(topic.attributes()));
  },
});
