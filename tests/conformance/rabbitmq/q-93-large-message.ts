import { defineConformance } from '../define';
import { bodyOf, drain, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-93',
  title: 'A message of many frames arrives whole.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const body = Array.from({ length: 60_000 }, (_, index) => String(index)).join();
    observe('answer', await publish(channel, '', queue, body));
    const message = await channel.get(queue);
    observe('got', message && [message.content.length, bodyOf(message) === body]);
    observe('empty', await publish(channel, '', queue, ''));
    observe(
      'got',
      (await drain(channel, queue)).map(({ content }) => content.length),
    );
  },
});
