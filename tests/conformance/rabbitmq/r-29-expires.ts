import { defineConformance } from '../define';
import { open, rejectionOf } from './steps';

export default defineConformance({
  id: 'R-29',
  title:
    'A queue that nobody uses for its time is deleted; to declare it or to ask for it begins the time anew.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await open(tools);
    const [left, declared, asked] = [name('left'), name('declared'), name('asked')];
    const options = { expires: 1000 };
    for (const queue of [left, declared, asked]) await channel.assertQueue(queue, options);
    await sleep(600);
    await channel.assertQueue(declared, options);
    await channel.checkQueue(asked);
    await sleep(700);
    const exists = async (queue: string): Promise<string> => {
      const { connection, channel: own } = await open(tools);
      const missing = await rejectionOf(own.checkQueue(queue));
      await connection.close();
      return missing === null ? 'there' : 'gone';
    };
    for (const queue of [left, declared, asked]) observe('after 1300 ms', [queue, await exists(queue)]);
    await sleep(1500);
    for (const queue of [declared, asked]) observe('1500 ms later', [queue, await exists(queue)]);
  },
});
