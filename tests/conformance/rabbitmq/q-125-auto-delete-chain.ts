import { defineConformance } from '../define';
import { drained, openConfirming, publish, refusalOf } from './steps';

export default defineConformance({
  id: 'Q-125',
  title: 'A chain of auto-delete exchanges goes from its end to its beginning when the last queue is gone.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second, third, queue] = [name('first'), name('second'), name('third'), name('orders')];
    for (const exchange of [first, second, third])
      await channel.assertExchange(exchange, 'fanout', { autoDelete: true });
    await channel.bindExchange(second, first, '');
    await channel.bindExchange(third, second, '');
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, third, '');
    await publish(channel, first, '', 'm');
    observe('queue', await drained(channel, queue));
    await channel.deleteQueue(queue);
    for (const exchange of [first, second, third]) {
      const { answer } = await refusalOf(tools, (own) => own.checkExchange(exchange));
      observe('after', answer === null ? 'there' : 'gone');
    }
  },
});
