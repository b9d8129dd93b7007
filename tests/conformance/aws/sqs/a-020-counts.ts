import { defineConformance } from '../../define';
import { createQueue } from '../steps';

// The recording holds no answers: the test, validated on AWS, asserts these counts once they have settled.
export default defineConformance({
  id: 'A-020',
  title: 'A message in flight is counted apart from those that can be received, until it is visible again.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '60' });
    for (let number = 1; number <= 6; number++) await queue.send(`message-${number}`);
    await queue.receive({ MaxNumberOfMessages: 1 });
    observe('inFlight', await queue.counts());
    await sleep(61_000);
    observe('visibleAgain', await queue.counts());
  },
});
