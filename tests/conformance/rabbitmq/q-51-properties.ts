import { defineConformance } from '../define';
import { drain, endOf, openConfirming, publish, send } from './steps';

export default defineConformance({
  id: 'Q-51',
  title: 'Properties and headers arrive as they were sent, with their types.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const headers = {
      text: 'x',
      int: 1,
      negative: -1,
      big: 2 ** 40,
      float: 1.5,
      yes: true,
      nothing: null,
      list: [1, 'two', [3]],
      table: { a: { b: 1 } },
      bytes: Buffer.from('bytes'),
    };
    await publish(channel, '', queue, 'm', {
      headers,
      contentType: 'text/plain',
      contentEncoding: 'utf-8',
      priority: 3,
      correlationId: 'correlation',
      replyTo: 'reply',
      messageId: 'message',
      timestamp: 1_700_000_000,
      type: 'OrderPlaced',
      appId: 'shop',
      persistent: true,
      expiration: '60000',
    });
    await send(channel, queue, ['bare']);
    for (const { properties, content } of await drain(channel, queue)) observe(String(content), properties);
    const other = await openConfirming(tools, 'other');
    observe('a user id of somebody else', await publish(other.channel, '', queue, 'm', { userId: 'nobody' }));
    observe('a user id of somebody else', await endOf(tools, other.happened));
    observe('its own', await publish(channel, '', queue, 'm', { userId: 'guest' }));
  },
});
