import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';
import { createTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'A-125',
  title:
    'A batch’s messages arrive one by one, each with its attributes; the text for queues is chosen where there is one for each protocol.',
  broker: 'aws',
  compare: { successful: 'D', failed: 'D', received: 'M' },
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    await subscribe(topic, queue, { RawMessageDelivery: 'true' });
    const Subject = 'Subject';
    const two = { attr1: text('99.12', 'Number'), attr2: text('109.12', 'Number') };
    const { Successful = [], Failed } = await topic.publishBatch([
      { Id: '1', Message: 'Test Message with two attributes', Subject, MessageAttributes: two },
      {
        Id: '2',
        Message: 'Test Message with one attribute',
        Subject,
        MessageAttributes: { attr1: text('19.12', 'Number') },
      },
      { Id: '3', Message: 'Test Message without attribute', Subject },
      { Id: '4', Message: 'Test Message without subject' },
      { Id: '5', Message: '{"default": "test default", "sqs": "test sqs"}', MessageStructure: 'json' },
    ]);
    observe(
      'successful',
      Successful.map(({ Id }) => Id),
    );
    observe('failed', Failed);
    const received = await takeAll(queue, 5);
    observe(
      'received',
      received.map(({ Body, MessageAttributes = null, MD5OfMessageAttributes = null }) => ({
        Body,
        MessageAttributes,
        MD5OfMessageAttributes,
      })),
    );
  },
});
