import { defineConformance } from '../define';
import { deathsOf, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-58',
  title: 'Rejected into the queue it was in, a message goes round for as long as it is rejected.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue },
    });
    await send(channel, queue, ['m']);
    const visits: unknown[] = [];
    await channel.consume(queue, (message) => {
      visits.push([message!.fields.redelivered, deathsOf(message!)]);
      if (visits.length < 4) channel.nack(message!, false, false);
      else channel.ack(message!);
    });
    await until(() => visits.length === 4);
    observe('visits', visits);
  },
});
