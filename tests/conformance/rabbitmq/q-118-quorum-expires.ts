import { defineConformance } from '../define';
import { open, rejectionOf } from './steps';

export default defineConformance({
  id: 'Q-118',
  title:
    'A quorum queue that nobody uses for its time is deleted, at the next look at it; who gets from it uses it.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await open(tools);
    const [left, used] = [name('left'), name('used')];
    const options = { expires: 1000, arguments: { 'x-queue-type': 'quorum' } };
    for (const queue of [left, used]) await channel.assertQueue(queue, options);
    for (let count = 0; count < 24; count++) {
      await sleep(500);
      await channel.get(used);
    }
    const exists = async (queue: string): Promise<string> => {
      const { connection, channel: own } = await open(tools, 'asking');
      const missing = await rejectionOf(own.checkQueue(queue));
      await connection.close();
      return missing === null ? 'there' : 'gone';
    };
    observe('after 12 s', [await exists(left), await exists(used)]);
  },
});
