import { defineConformance } from '../define';
import { bodyOf, deadLetterQueue, deathsOf, drain, open, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'X-01-rabbitmq',
  title:
    'A message that always fails: a classic queue gives it for ever, or as a dead letter once; a quorum queue gives it up.',
  broker: 'rabbitmq',
  compare: {
    'given for ever': {
      code: 'I',
      invariant: 'more than 20 times',
      holds: (value) => Number(value) > 20,
      why: 'As often as client and broker can.',
    },
    handled: 'D',
    attempts: 'D',
    dead: 'D',
  },
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const handle = async (
      args: Record<string, unknown>,
      requeue: boolean,
      enough: (attempts: number) => Promise<boolean> | boolean,
    ) => {
      const queue = name('orders');
      await channel.assertQueue(queue, { arguments: args });
      await send(channel, queue, ['1', 'poison', '3']);
      const consumer = await open(tools, 'consumer');
      await consumer.channel.prefetch(1);
      const handled: string[] = [];
      let attempts = 0;
      await consumer.channel.consume(queue, (message) => {
        const body = bodyOf(message!);
        if (body === 'poison') {
          attempts++;
          consumer.channel.nack(message!, false, requeue);
        } else {
          handled.push(body);
          consumer.channel.ack(message!);
        }
      });
      await until(async () => await enough(attempts));
      await consumer.connection.close();
      return { handled, attempts };
    };
    const isDead = async () => (await ready(channel, dead.queue)) === 1;
    const classic = await handle({}, true, (attempts) => attempts > 20);
    observe('handled', classic.handled);
    observe('given for ever', classic.attempts);
    const once = await handle(dead.arguments, false, isDead);
    observe('handled', once.handled);
    observe('attempts', once.attempts);
    observe('dead', (await drain(channel, dead.queue)).map(deathsOf));
    const quorum = { 'x-queue-type': 'quorum', 'x-delivery-limit': 3, ...dead.arguments };
    const given = await handle(quorum, true, isDead);
    observe('handled', given.handled);
    observe('attempts', given.attempts);
    observe('dead', (await drain(channel, dead.queue)).map(deathsOf));
  },
});
