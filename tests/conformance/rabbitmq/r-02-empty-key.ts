import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-02',
  title: 'The empty routing key is no word: the empty pattern and "#" take it, "*" does not.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exchange = name('events');
    await channel.assertExchange(exchange, 'topic');
    for (const pattern of ['', '*', '#']) {
      const queue = name('queue');
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, exchange, pattern);
      await publish(channel, exchange, '', 'm');
      observe(`"${pattern}"`, await drained(channel, queue));
    }
  },
});
