import { defineConformance } from '../define';
import { openConfirming, openOn, rejectionOf, send } from './steps';

export default defineConformance({
  id: 'Q-20',
  title: 'A delivery limit of -1 means none from 4.0 on.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel, connection } = await openConfirming(tools);
    const queue = name('orders');
    const refused = await openOn(connection);
    const declared = await rejectionOf(
      refused.channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': -1 } }),
    );
    observe('declared', declared);
    if (declared !== null) return;
    await send(channel, queue, ['m']);
    let given = 0;
    await channel.consume(queue, (message) => {
      given++;
      if (given < 30) channel.nack(message!);
      else channel.ack(message!);
    });
    await sleep(1000);
    observe('given', given);
  },
});
