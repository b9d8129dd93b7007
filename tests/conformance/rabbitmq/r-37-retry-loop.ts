import { defineConformance } from '../define';
import { deathsOf, openConfirming, send } from './steps';

export default defineConformance({
  id: 'R-37',
  title: 'Rejected to a queue that waits, and back when its time is over: x-death counts every stage.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [work, retry] = [name('work'), name('retry')];
    const backTo = (queue: string) => ({
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': queue,
    });
    await channel.assertQueue(work, { arguments: backTo(retry) });
    await channel.assertQueue(retry, { messageTtl: 100, arguments: backTo(work) });
    await send(channel, work, ['m']);
    const visits: unknown[] = [];
    await channel.consume(work, (message) => {
      const { headers = {} } = message!.properties;
      visits.push({
        again: message!.fields.redelivered,
        deaths: deathsOf(message!),
        first: [
          headers['x-first-death-queue'],
          headers['x-first-death-reason'],
          headers['x-first-death-exchange'],
        ],
        last: [
          headers['x-last-death-queue'],
          headers['x-last-death-reason'],
          headers['x-last-death-exchange'],
        ],
      });
      if (visits.length < 4) channel.nack(message!, false, false);
      else channel.ack(message!);
    });
    await until(() => visits.length === 4);
    observe('visits', visits);
  },
});
