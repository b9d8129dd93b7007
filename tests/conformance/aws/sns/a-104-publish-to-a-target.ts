import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, envelopeOf, takeAll } from '../topics';

export default defineConformance({
  id: 'A-104',
  title: 'A topic’s ARN as the target means the topic.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    await subscribe(topic, queue);
    await topic.publish('test-msg-1');
    const [first] = await takeAll(queue, 1);
    observe('byTopic', envelopeOf(first));
    const { PublishCommand } = topic.sns;
    await topic.client.send(new PublishCommand({ TargetArn: topic.arn, Message: 'test-msg-2' }));
    const [second] = await takeAll(queue, 1);
    observe('byTarget', envelopeOf(second));
  },
});
