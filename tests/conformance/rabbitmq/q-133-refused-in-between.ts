import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-133',
  title:
    'A confirm of several messages takes none with it that is refused; and one queue that refuses is enough.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [calm, full, exchange] = [name('calm'), name('full'), name('events')];
    await channel.assertExchange(exchange, 'fanout');
    await channel.assertQueue(calm);
    await channel.assertQueue(full, { maxLength: 0, arguments: { 'x-overflow': 'reject-publish' } });
    for (const queue of [calm, full]) await channel.bindQueue(queue, exchange, '');
    const queues = [calm, full, calm, calm, full, calm];
    observe(
      'refused in between',
      await Promise.all(queues.map((queue, index) => publish(channel, '', queue, String(index + 1)))),
    );
    observe('one of two queues refuses', await publish(channel, exchange, '', 'both'));
    observe('queue', await drained(channel, calm));
  },
});
