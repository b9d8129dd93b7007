import { defineConformance } from '../define';
import { drained, open, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-47',
  title: 'To acknowledge or return all takes everything the channel holds.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second] = [name('first'), name('second')];
    for (const queue of [first, second]) await channel.assertQueue(queue);
    for (const how of ['ackAll', 'nackAll', 'nackAll without requeue']) {
      for (const queue of [first, second]) await send(channel, queue, ['1', '2']);
      const holder = await open(tools, 'holder');
      for (const queue of [first, second]) await holder.channel.get(queue);
      if (how === 'ackAll') holder.channel.ackAll();
      else holder.channel.nackAll(how === 'nackAll');
      await holder.channel.close();
      const left = how === 'nackAll' ? 2 : 1;
      for (const queue of [first, second]) await until(async () => (await ready(channel, queue)) === left);
      observe(how, [await drained(channel, first), await drained(channel, second)]);
    }
  },
});
