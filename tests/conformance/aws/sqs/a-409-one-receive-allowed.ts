import { defineConformance } from '../../define';
import { createQueue, deadLettersTo, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-409',
  title:
    'With one receive allowed the second finds nothing, and the message is in the dead-letter queue under its id.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const dead = await createQueue(tools, { VisibilityTimeout: '0' }, 'dead');
    const queue = await createQueue(tools, { VisibilityTimeout: '0', ...(await deadLettersTo(dead, 1)) });
    const sent = await queue.send('test');
    observe('first', bodiesOf(await queue.receive()));
    observe('second', bodiesOf(await queue.receive()));
    const [message] = await dead.collect(1);
    observe('same', message.MessageId === sent.MessageId);
  },
});
