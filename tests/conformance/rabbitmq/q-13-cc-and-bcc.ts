import { defineConformance } from '../define';
import { drain, endOf, headersOf, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-13',
  title: 'CC and BCC headers are further routing keys; the receiver sees those of CC only.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exchange = name('events');
    await channel.assertExchange(exchange, 'direct');
    const queues = ['to', 'cc', 'bcc', 'other'].map((key) => [key, name(key)] as const);
    for (const [key, queue] of queues) {
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, exchange, key);
    }
    await publish(channel, exchange, 'to', 'm', { CC: ['cc', 'to'], BCC: ['bcc', 'nobody'] });
    for (const [key, queue] of queues)
      for (const message of await drain(channel, queue))
        observe(key, { routingKey: message.fields.routingKey, headers: headersOf(message) });
    const wrong = await openConfirming(tools);
    const headers = { CC: 'not a list' };
    observe('not a list', await publish(wrong.channel, exchange, 'to', 'm', { headers }));
    observe('not a list', await endOf(tools, wrong.happened));
  },
});
