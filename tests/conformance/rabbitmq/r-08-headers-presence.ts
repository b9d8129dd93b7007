import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-08',
  title: 'An argument without a value asks only that the header is there.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, queue] = [name('events'), name('orders')];
    await channel.assertExchange(exchange, 'headers');
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, exchange, '', { 'x-match': 'all', trace: null });
    const sets: Record<string, unknown>[] = [{ trace: 'x' }, { trace: 1 }, { trace: null }, { other: 1 }];
    for (const headers of sets) await publish(channel, exchange, '', JSON.stringify(headers), { headers });
    observe('matched', await drained(channel, queue));
  },
});
