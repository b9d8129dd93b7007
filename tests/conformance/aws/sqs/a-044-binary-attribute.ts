import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'A-044',
  title:
    'A binary attribute comes out as it went in, control characters and all, with the digest that the sender was told.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const value = 'traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01';
    const BinaryValue = new TextEncoder().encode(value);
    const sent = await queue.send('test', {
      MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } },
    });
    const [message] = await queue.receive({ MessageAttributeNames: ['All'] });
    const { MD5OfMessageAttributes, MessageAttributes = {} } = message;
    observe('received', {
      ...{ Body: message.Body, MD5OfBody: message.MD5OfBody, MD5OfMessageAttributes },
      type: MessageAttributes.attr1.DataType,
      same: new TextDecoder().decode(MessageAttributes.attr1.BinaryValue) === value,
    });
    observe('sameDigest', sent.MD5OfMessageAttributes === MD5OfMessageAttributes);
    observe('sameMessage', sent.MessageId === message.MessageId);
  },
});
