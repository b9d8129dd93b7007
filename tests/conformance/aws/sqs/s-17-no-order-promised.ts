import { defineConformance } from '../../define';
import { createQueue } from '../steps';

// That a message comes twice is as likely here as one in a hundred thousand: this program does not meet it.
export default defineConformance({
  id: 'S-17',
  title: 'Messages come out in some order, each of them, and not always in the order of sending.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const bodies = Array.from({ length: 10 }, (_, index) => String(index));
    const rounds: string[] = [];
    for (let round = 0; round < 20; round++) {
      for (const body of bodies) await queue.send(body);
      const received: string[] = [];
      while (received.length < 10)
        for (const message of await queue.receive()) {
          received.push(message.Body!);
          await queue.delete(message);
        }
      rounds.push(received.join(''));
    }
    observe(
      'eachOnce',
      rounds.every((order) => [...order].sort().join('') === bodies.join('')),
    );
    observe(
      'alwaysInOrder',
      rounds.every((order) => order === bodies.join('')),
    );
  },
});
