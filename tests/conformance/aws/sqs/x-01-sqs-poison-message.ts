import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf } from '../steps';

export default defineConformance({
  id: 'X-01-sqs',
  title:
    'A message that always fails ends in the dead-letter queue after maxReceiveCount tries, and the others are done.',
  broker: 'aws',
  compare: { tries: 'D', done: 'M', dead: 'D' },
  async run(tools) {
    const { observe } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 3, { VisibilityTimeout: '1' });
    for (const body of ['1', 'poison', '3']) await queue.send(body);
    let tries = 0;
    const done: string[] = [];
    for (let polls = 0; polls < 40 && (await dead.counts()).visible === 0; polls++)
      for (const message of await queue.receive({ MaxNumberOfMessages: 10 }))
        if (message.Body === 'poison') tries++;
        else {
          done.push(message.Body!);
          await queue.delete(message);
        }
    observe('tries', tries);
    observe('done', done);
    observe('dead', bodiesOf(await dead.collect(1)));
  },
});
