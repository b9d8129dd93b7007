import { defineConformance } from '../../define';
import { createFifoQueue, deadLettersTo, bodiesOf } from '../steps';

// The recording holds no answers: these are what the test, validated on AWS, asserts.
export default defineConformance({
  id: 'A-046',
  title:
    'A FIFO queue’s message goes to its dead-letter queue at the third receive of two, and its group goes on.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const fifo = { ContentBasedDeduplication: 'true' };
    const dead = await createFifoQueue(tools, { ...fifo, MessageRetentionPeriod: '1209600' }, 'dead');
    const queue = await createFifoQueue(tools, {
      ...fifo,
      VisibilityTimeout: '60',
      ...(await deadLettersTo(dead, 2)),
    });
    const sent = await queue.send('foobar', { MessageGroupId: '1' });
    for (let receives = 1; receives <= 3; receives++)
      observe('received', bodiesOf(await queue.receive({ WaitTimeSeconds: 1, VisibilityTimeout: 0 })));
    const [message] = await dead.receive({ WaitTimeSeconds: 10 });
    observe('dead', { body: message.Body, same: message.MessageId === sent.MessageId });
    await queue.send('foobar2', { MessageGroupId: '1' });
    observe('next', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
  },
});
