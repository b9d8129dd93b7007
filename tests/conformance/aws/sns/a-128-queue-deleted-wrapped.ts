import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';
import { createTopic, subscribe, envelopeOf, setSubscription, takeAll, allow } from '../topics';

export default defineConformance({
  id: 'A-128',
  title:
    'What cannot be delivered because the queue is gone goes to the subscription’s own dead-letter queue, in its envelope.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const dead = await createQueue(tools, {}, 'dead');
    const arn = await subscribe(topic, queue);
    await setSubscription(
      topic,
      arn,
      'RedrivePolicy',
      JSON.stringify({ deadLetterTargetArn: await dead.arn() }),
    );

    await allow(topic, dead);
    await queue.destroy();
    await topic.publish('after the queue was deleted', {
      MessageAttributes: {
        attr1: text('111', 'Number'),
        attr2: { DataType: 'Binary', BinaryValue: Uint8Array.of(2, 3, 4) },
      },
    });
    const [message] = await takeAll(dead, 1, 10);
    observe('dead', envelopeOf(message));
  },
});
