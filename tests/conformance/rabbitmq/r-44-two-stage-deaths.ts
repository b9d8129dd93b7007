import { defineConformance } from '../define';
import { drain, headersOf, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-44',
  title: 'A message that dies in two queues tells of both, the latest first, and keeps where it died first.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second, third] = [name('first'), name('second'), name('third')];
    const to = (queue: string) => ({ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue });
    await channel.assertQueue(third);
    await channel.assertQueue(second, { messageTtl: 100, arguments: to(third) });
    await channel.assertQueue(first, { arguments: to(second) });
    await send(channel, first, ['m']);
    const message = await channel.get(first);
    if (message) channel.nack(message, false, false);
    await until(async () => (await ready(channel, third)) === 1);
    for (const died of await drain(channel, third)) observe('headers', headersOf(died));
  },
});
