import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-20',
  title: 'When one of two queues rejects a message the publisher is told nack, and the other queue has it.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, full, roomy] = [name('events'), name('full'), name('roomy')];
    await channel.assertExchange(exchange, 'fanout');
    await channel.assertQueue(full, { maxLength: 1, arguments: { 'x-overflow': 'reject-publish' } });
    await channel.assertQueue(roomy);
    for (const queue of [full, roomy]) await channel.bindQueue(queue, exchange, '');
    observe('first', await publish(channel, exchange, '', 'a'));
    observe('second', await publish(channel, exchange, '', 'b'));
    observe('full', await drained(channel, full));
    observe('roomy', await drained(channel, roomy));
  },
});
