import { defineConformance } from '../../define';
import { createQueue, bodiesOf, counted, countOf } from '../steps';

export default defineConformance({
  id: 'S-01',
  title: 'A message that is sent is received with its digest and a count of one; deleted, it is gone.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const sent = await queue.send('message');
    const [message] = await queue.receive({ WaitTimeSeconds: 5, ...counted });
    observe('received', {
      body: message.Body,
      digest: message.MD5OfBody,
      count: countOf(message),
      same: message.MessageId === sent.MessageId,
    });
    await queue.delete(message);
    observe('left', bodiesOf(await queue.receive()));
  },
});
