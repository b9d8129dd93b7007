import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'S-17',
  title: 'Ten messages come out in some order, each of them.',
  broker: 'aws',
  compare: 'M',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const bodies = Array.from({ length: 10 }, (_, index) => String(index + 1));
    for (const body of bodies) await queue.send(body);
    const received: string[] = [];
    while (received.length < 10)
      for (const message of await queue.receive({ MaxNumberOfMessages: 3 })) {
        received.push(message.Body!);
        await queue.delete(message);
      }
    observe('received', received);
  },
});
