import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-43',
  title:
    'A receive whose answer was lost, asked for again under its attempt id, gives the same messages and handles.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    for (const body of ['1', '2', '3']) await queue.send(body, { MessageGroupId: 'g' });
    const ask = (ReceiveRequestAttemptId: string) =>
      queue.receive({ MaxNumberOfMessages: 2, ReceiveRequestAttemptId });
    const first = await ask('attempt-1');
    const again = await ask('attempt-1');
    observe('bodies', [bodiesOf(first), bodiesOf(again)]);
    observe(
      'sameHandles',
      again.map(({ ReceiptHandle }, index) => ReceiptHandle === first[index].ReceiptHandle),
    );
    observe('another', bodiesOf(await ask('attempt-2')));
  },
});
