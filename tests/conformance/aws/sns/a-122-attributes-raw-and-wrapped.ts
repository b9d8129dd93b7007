import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';
import { createTopic, subscribe, envelopeOf, setSubscription, takeAll } from '../topics';

export default defineConformance({
  id: 'A-122',
  title:
    'Attributes arrive either way: raw as those of the queue’s message, else in the envelope, bytes in base64.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const arn = await subscribe(topic, queue, { RawMessageDelivery: 'true' });
    const MessageAttributes = {
      'an-attribute-key': text('an-attribute-value'),
      'binary-attribute': { DataType: 'Binary', BinaryValue: Uint8Array.of(2, 3, 4) },
    };
    await topic.publish('text', { MessageAttributes });
    const [raw] = await takeAll(queue, 1, 3);
    observe('raw', {
      body: raw.Body,
      text: raw.MessageAttributes!['an-attribute-key'],
      system: Object.keys(raw.Attributes!).sort(),
    });
    await setSubscription(topic, arn, 'RawMessageDelivery', 'false');
    await topic.publish('text', { MessageAttributes });
    const [wrapped] = await takeAll(queue, 1, 3);
    observe('wrapped', envelopeOf(wrapped));
    observe('besides', wrapped.MessageAttributes ?? null);
  },
});
