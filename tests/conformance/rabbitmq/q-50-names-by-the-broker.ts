import { defineConformance } from '../define';
import { consume, openConfirming, rejectionOf, send } from './steps';

export default defineConformance({
  id: 'Q-50',
  title: 'A queue or a consumer without a name gets one from the broker.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const first = await channel.assertQueue('', { exclusive: true });
    const second = await channel.assertQueue('', { exclusive: true });
    observe('two names', first.queue !== second.queue);
    observe('begins', first.queue.slice(0, 8));
    observe('declared', first);
    const consuming = await consume(channel, first.queue);
    observe('begins', consuming.consumerTag.slice(0, 9));
    await send(channel, first.queue, ['m']);
    await until(() => consuming.seen.length === 1);
    const [message] = consuming.messages;
    observe('fields', message.fields);
    observe('again', await rejectionOf(channel.assertQueue(first.queue, { exclusive: true })));
  },
});
