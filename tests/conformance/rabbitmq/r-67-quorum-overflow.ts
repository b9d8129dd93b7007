import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-67',
  title: 'A quorum queue that rejects publishes lets some in that are on their way already.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: {
    acks: {
      code: 'I',
      invariant: 'at least 2, and the queue has as many',
      holds: (value) => Array.isArray(value) && value[0] >= 2 && value[0] === value[1],
      why: 'How many are on their way when the limit is reached hangs on the hour.',
    },
  },
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const options = {
      maxLength: 2,
      arguments: { 'x-queue-type': 'quorum', 'x-overflow': 'reject-publish' },
    };
    const queue = name('orders');
    await channel.assertQueue(queue, options);
    const answers = await Promise.all(
      ['1', '2', '3', '4', '5', '6'].map((body) => publish(channel, '', queue, body)),
    );
    await sleep(300);
    const acks = answers.filter((answer) => answer === 'ack').length;
    observe('acks', [acks, (await drained(channel, queue)).length]);
  },
});
