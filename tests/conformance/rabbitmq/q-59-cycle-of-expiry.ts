import { defineConformance } from '../define';
import { drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-59',
  title: 'From one queue to the other and back by time: the message is dropped where it has been before.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second] = [name('first'), name('second')];
    const to = (queue: string) => ({ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue });
    await channel.assertQueue(first, { messageTtl: 100, arguments: to(second) });
    await channel.assertQueue(second, { messageTtl: 100, arguments: to(first) });
    await send(channel, first, ['m']);
    await until(async () => (await ready(channel, second)) === 1);
    await until(async () => (await ready(channel, second)) === 0);
    await sleep(300);
    observe('first', await drained(channel, first));
    observe('second', await drained(channel, second));
  },
});
