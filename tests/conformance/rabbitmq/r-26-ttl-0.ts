import { defineConformance } from '../define';
import { consume, deadLetterQueue, drained, openConfirming, ready, send, settled } from './steps';

export default defineConformance({
  id: 'R-26',
  title:
    'A message that may live 0 ms is delivered if somebody waits for it, and is dead at once if nobody does.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: dead.arguments });
    await send(channel, queue, ['nobody waits'], { expiration: '0' });
    await until(async () => (await ready(channel, dead.queue)) === 1);
    observe('ready', await ready(channel, queue));
    const consuming = await consume(channel, queue, { ack: true });
    await send(channel, queue, ['somebody waits'], { expiration: '0' });
    observe('delivered', await settled(tools, consuming, 1));
    observe('dead', await drained(channel, dead.queue));
  },
});
