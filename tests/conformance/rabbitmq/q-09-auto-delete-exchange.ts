import { defineConformance } from '../define';
import { open, openConfirming, rejectionOf } from './steps';

export default defineConformance({
  id: 'Q-09',
  title:
    'An auto-delete exchange goes with the last binding that begins at it, and stays if it never had one.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exists = async (exchange: string): Promise<string> => {
      const { connection, channel: own } = await open(tools, 'asking');
      const missing = await rejectionOf(own.checkExchange(exchange));
      await connection.close();
      return missing === null ? 'there' : 'gone';
    };
    const [exchange, never, target] = [name('events'), name('never'), name('target')];
    const queues = [name('queue'), name('queue')];
    for (const each of [exchange, never]) await channel.assertExchange(each, 'topic', { autoDelete: true });
    await channel.assertExchange(target, 'fanout', { autoDelete: true });
    for (const queue of queues) {
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, exchange, '#');
    }
    await channel.bindExchange(target, exchange, '#');
    await channel.unbindQueue(queues[0], exchange, '#');
    observe('one unbound', await exists(exchange));
    await channel.deleteQueue(queues[1]);
    observe('a queue deleted', await exists(exchange));
    await channel.unbindExchange(target, exchange, '#');
    observe('the last one unbound', await exists(exchange));
    observe('never bound', await exists(never));
    observe('only ever a target', await exists(target));
  },
});
