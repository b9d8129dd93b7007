import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-31',
  title: 'A message is confirmed once, when every queue it goes to has it, of whatever type.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exchange = name('events');
    await channel.assertExchange(exchange, 'fanout');
    const queues = ['classic', 'quorum', 'stream'].map((type) => [type, name(type)] as const);
    for (const [type, queue] of queues) {
      await channel.assertQueue(queue, { arguments: { 'x-queue-type': type } });
      await channel.bindQueue(queue, exchange, '');
    }
    observe(
      'answers',
      await Promise.all(['1', '2', '3'].map((body) => publish(channel, exchange, '', body))),
    );
    await channel.waitForConfirms();
    for (const [type, queue] of queues.slice(0, 2)) observe(type, await drained(channel, queue));
  },
});
