import { defineConformance } from '../define';
import { bodyOf, open, openConfirming, send } from './steps';

export default defineConformance({
  id: 'X-02-rabbitmq',
  title:
    'One message fails once: where it stands when it was returned to a classic queue and to a quorum queue.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    for (const type of ['classic', 'quorum']) {
      const queue = name('orders');
      await channel.assertQueue(queue, { arguments: { 'x-queue-type': type } });
      const consumer = await open(tools, 'consumer');
      await consumer.channel.prefetch(1);
      await send(channel, queue, ['1', '2', '3', '4', '5']);
      const told: string[] = [];
      await consumer.channel.consume(queue, (message) => {
        const body = bodyOf(message!);
        const fails = body === '2' && !message!.fields.redelivered;
        told.push(fails ? `${body} fails` : body);
        if (fails) consumer.channel.nack(message!);
        else consumer.channel.ack(message!);
      });
      await until(() => told.length === 6);
      observe(type, told);
    }
  },
});
