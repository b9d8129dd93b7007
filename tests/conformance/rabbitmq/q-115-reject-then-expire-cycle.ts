import { defineConformance } from '../define';
import { deathsOf, drain, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-115',
  title:
    'Whether a message goes on in a circle of times to live when it was rejected once, before the circle.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second, third, log] = [name('first'), name('second'), name('third'), name('log')];
    const exchange = name('back');
    const to = (queue: string) => ({ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue });
    await channel.assertExchange(exchange, 'fanout');
    await channel.assertQueue(log);
    await channel.assertQueue(first, { deadLetterExchange: exchange });
    await channel.assertQueue(second, { messageTtl: 100, arguments: to(third) });
    await channel.assertQueue(third, { messageTtl: 100, deadLetterExchange: exchange });
    for (const queue of [second, log]) await channel.bindQueue(queue, exchange, '');
    await send(channel, first, ['m']);
    const message = await channel.get(first);
    if (message) channel.nack(message, false, false);
    await until(async () => (await ready(channel, log)) >= 2);
    await sleep(1500);
    const copies = await drain(channel, log);
    observe('goes on', copies.length > 2);
    observe('its first deaths', copies.slice(0, 2).map(deathsOf));
  },
});
