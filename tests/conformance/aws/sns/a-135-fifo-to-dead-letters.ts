import { defineConformance } from '../../define';
import { createFifoQueue, text } from '../steps';
import { createFifoTopic, subscribe, envelopeOf, setSubscription, takeAll, allow } from '../topics';

export default defineConformance({
  id: 'A-135',
  title:
    'What a FIFO topic cannot deliver goes to a FIFO dead-letter queue in order, with group and deduplication id.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createFifoTopic(tools);
    const queue = await createFifoQueue(tools);
    const dead = await createFifoQueue(tools, {}, 'dead');
    const arn = await subscribe(topic, queue);
    await setSubscription(
      topic,
      arn,
      'RedrivePolicy',
      JSON.stringify({ deadLetterTargetArn: await dead.arn() }),
    );
    await allow(topic, dead);
    await queue.destroy();
    const [MessageGroupId, Subject] = ['complexMessageGroupId', 'Subject'];
    await topic.publishBatch([
      {
        Id: '1',
        MessageGroupId,
        Subject,
        Message: 'first',
        MessageDeduplicationId: 'MessageDeduplicationId-1',
        MessageAttributes: { attr1: text('19.12', 'Number') },
      },
      {
        Id: '2',
        MessageGroupId,
        Subject,
        Message: 'second',
        MessageDeduplicationId: 'MessageDeduplicationId-2',
      },
      {
        Id: '3',
        MessageGroupId,
        Subject,
        Message: 'third',
        MessageDeduplicationId: 'MessageDeduplicationId-3',
      },
    ]);
    observe(
      'dead',
      (await takeAll(dead, 3)).map((message) => ({
        ...{ group: message.Attributes!.MessageGroupId, id: message.Attributes!.MessageDeduplicationId },
        ...{ message: envelopeOf(message).Message, subject: envelopeOf(message).Subject },
        attributes: envelopeOf(message).MessageAttributes ?? null,
      })),
    );
    await topic.publish('test-message', {
      MessageGroupId: 'message-group-id-1',
      MessageDeduplicationId: 'message-deduplication-id-1',
    });
    const [last] = await takeAll(dead, 1);
    observe('last', {
      group: last.Attributes!.MessageGroupId,
      id: last.Attributes!.MessageDeduplicationId,
      fields: envelopeOf(last).fields,
    });
  },
});
