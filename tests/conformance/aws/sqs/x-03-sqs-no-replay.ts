import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'X-03-sqs',
  title: 'What is deleted is gone: a later consumer finds only what was not.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '5' });
    for (const body of ['1', '2', '3']) await queue.send(body);
    for (const message of await queue.collect(3)) if (message.Body !== '2') await queue.delete(message);
    await sleep(6000);
    observe('later', bodiesOf(await queue.receive({ MaxNumberOfMessages: 10, WaitTimeSeconds: 5 })));
  },
});
