import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';

export default defineConformance({
  id: 'A-421',
  title:
    'A long poll returns as soon as a message comes; the next of its group wakes another when the first is deleted.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep, until, now } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '60',
    });
    const received: { body: string; at: number; delete: () => Promise<void> }[] = [];
    for (let worker = 0; worker < 3; worker++)
      void queue.receive({ MaxNumberOfMessages: 1, WaitTimeSeconds: 10 }).then((messages) => {
        for (const message of messages)
          received.push({ body: message.Body!, at: now(), delete: () => queue.delete(message) });
      });
    await sleep(100);
    const sent = now();
    await queue.send('message-1', { MessageGroupId: '1' });
    await until(() => received.length === 1);
    observe('first', { body: received[0].body, soon: received[0].at - sent < 2000 });
    await queue.send('message-2', { MessageGroupId: '1' });
    await sleep(2000);
    observe('meanwhile', received.length);
    const deleted = now();
    await received[0].delete();
    await until(() => received.length === 2);
    observe('second', { body: received[1].body, soon: received[1].at - deleted < 2000 });
  },
});
