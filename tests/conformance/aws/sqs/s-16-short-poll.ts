import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-16',
  title: 'A short poll asks some of the hosts: it may find some of few messages, and all of them in time.',
  broker: 'aws',
  compare: {
    sizes: {
      code: 'I',
      invariant: 'each poll finds none to three, three in all',
      holds: (sizes) =>
        (sizes as number[]).every((size) => size >= 0 && size <= 3) &&
        (sizes as number[]).reduce((sum, size) => sum + size, 0) === 3,
      why: 'which hosts are asked is left to chance',
    },
    found: 'M',
  },
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    for (const body of ['a', 'b', 'c']) await queue.send(body);
    const found: string[] = [];
    const sizes: number[] = [];
    while (found.length < 3 && sizes.length < 100) {
      const messages = await queue.receive({ WaitTimeSeconds: 0, MaxNumberOfMessages: 10 });
      sizes.push(messages.length);
      found.push(...bodiesOf(messages));
    }
    observe('sizes', sizes);
    observe('found', found);
  },
});
