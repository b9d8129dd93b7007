import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { createTopic, subscribe } from '../topics';

export default defineConformance({
  id: 'A-113',
  title: 'A subscription may be cancelled twice.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const arn = await subscribe(topic, await createQueue(tools));
    const { UnsubscribeCommand } = topic.sns;
    const unsubscribe = () => errorOf(topic.client.send(new UnsubscribeCommand({ SubscriptionArn: arn })));
    observe('first', await unsubscribe());
    observe('second', await unsubscribe());
  },
});
