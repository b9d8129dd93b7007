import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf, countOf } from '../steps';

export default defineConformance({
  id: 'S-22',
  title:
    'A message received as often as allowed goes to the dead-letter queue when it is asked for again, with its id, its count and where it came from.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 1, { VisibilityTimeout: '1' });
    const sent = await queue.send('order');
    await queue.receive({ WaitTimeSeconds: 5 });
    await sleep(1500);
    observe('askedAgain', bodiesOf(await queue.receive()));
    const [message] = await dead.collect(1, {
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'DeadLetterQueueSourceArn'],
    });
    observe('dead', {
      same: message.MessageId === sent.MessageId,
      count: countOf(message),
      source: message.Attributes!.DeadLetterQueueSourceArn,
    });
  },
});
