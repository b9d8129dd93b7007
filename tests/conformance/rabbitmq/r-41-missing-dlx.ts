import { defineConformance } from '../define';
import { openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-41',
  title: 'A dead-letter exchange that does not exist takes what dies without a word.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel, happened } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { deadLetterExchange: name('nope') });
    observe('answer', await send(channel, queue, ['m']));
    const message = await channel.get(queue);
    if (message) channel.nack(message, false, false);
    observe('ready', await ready(channel, queue));
    observe('channel', happened);
  },
});
