import { defineConformance } from '../define';
import { deadLetterQueue, drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-33',
  title:
    'A message whose time is over waits behind one whose time is not, in a classic queue and in a quorum queue.',
  broker: 'rabbitmq',
  compare: {
    'classic, short behind long': { code: 'T', min: 950, max: 1900 },
    'quorum, short behind long': { code: 'T', min: 950, max: 1900 },
    dead: 'D',
  },
  async run(tools) {
    const { name, now, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    for (const type of ['classic', 'quorum']) {
      const dead = await deadLetterQueue(tools, channel);
      const queue = name('orders');
      await channel.assertQueue(queue, { arguments: { 'x-queue-type': type, ...dead.arguments } });
      const began = now();
      await send(channel, queue, ['long'], { expiration: 1000 });
      await send(channel, queue, ['short'], { expiration: 100 });
      await until(async () => (await ready(channel, dead.queue)) === 2);
      observe(`${type}, short behind long`, now() - began);
      observe('dead', await drained(channel, dead.queue));
    }
  },
});
