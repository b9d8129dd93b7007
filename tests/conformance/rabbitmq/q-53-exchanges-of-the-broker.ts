import { defineConformance } from '../define';
import { drained, openConfirming, publish, refusalOf } from './steps';

export default defineConformance({
  id: 'Q-53',
  title: 'The exchanges that are there from the beginning, and what each makes of a message.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const key = name('key');
    for (const exchange of ['amq.direct', 'amq.fanout', 'amq.topic', 'amq.headers', 'amq.match']) {
      await channel.checkExchange(exchange);
      await channel.bindQueue(queue, exchange, key, { 'x-match': 'all', key });
      await publish(channel, exchange, key, 'with its key', { headers: { key } });
      await publish(channel, exchange, 'other', 'with another');
      await channel.unbindQueue(queue, exchange, key, { 'x-match': 'all', key });
      observe(exchange, await drained(channel, queue));
    }
    observe('log', await refusalOf(tools, (own) => own.checkExchange('amq.rabbitmq.log')));
  },
});
