import { defineConformance } from '../define';
import { openConfirming, send } from './steps';

export default defineConformance({
  id: 'R-53',
  title: "amqplib's nack returns the message to its queue, so that a lone consumer gets it again and again.",
  broker: 'rabbitmq',
  compare: {
    again: 'D',
    'in 300 ms': {
      code: 'I',
      invariant: 'at least 50 times',
      holds: (value) => Number(value) >= 50,
      why: 'As often as client and broker can.',
    },
  },
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    let count = 0;
    let over = false;
    const again = new Set<boolean>();
    await channel.consume(queue, (message) => {
      if (over) return;
      count++;
      again.add(message!.fields.redelivered);
      channel.nack(message!);
    });
    await send(channel, queue, ['m']);
    await sleep(300);
    over = true;
    observe('in 300 ms', count);
    observe('again', again);
  },
});
