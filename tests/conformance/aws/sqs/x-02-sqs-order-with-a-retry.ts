import { defineConformance } from '../../define';
import { createQueue, createFifoQueue } from '../steps';

export default defineConformance({
  id: 'X-02-sqs',
  title:
    'A retried message of a FIFO queue holds back its group and no other; on a standard queue nothing waits for it.',
  broker: 'aws',
  compare: { fifo: 'P', otherGroupWentOn: 'D', standard: 'M' },
  async run(tools) {
    const { observe } = tools;
    const consume = async (queue: Awaited<ReturnType<typeof createQueue>>) => {
      let failures = 1;
      const done: string[] = [];
      for (let polls = 0; polls < 60 && done.length < 4; polls++)
        for (const message of await queue.receive({ MaxNumberOfMessages: 1 })) {
          if (message.Body === 'a1' && failures-- > 0) continue;
          done.push(message.Body!);
          await queue.delete(message);
        }
      return done;
    };
    const fifo = await createFifoQueue(tools, { ContentBasedDeduplication: 'true', VisibilityTimeout: '5' });
    for (const body of ['a1', 'a2', 'b1', 'b2']) await fifo.send(body, { MessageGroupId: body[0] });
    const inOrder = await consume(fifo);
    observe(
      'fifo',
      ['a', 'b'].map((group) => inOrder.filter((body) => body.startsWith(group))),
    );
    observe('otherGroupWentOn', inOrder.indexOf('b2') < inOrder.indexOf('a1'));
    const standard = await createQueue(tools, { VisibilityTimeout: '5' });
    for (const body of ['a1', 'a2', 'b1', 'b2']) await standard.send(body);
    observe('standard', await consume(standard));
  },
});
