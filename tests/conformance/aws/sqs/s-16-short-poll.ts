import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-16',
  title:
    'A short poll asks some of the hosts: of few messages it sometimes overlooks some; asked often enough it has found all.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    for (const body of ['a', 'b', 'c']) await queue.send(body);
    const found = new Set<string>();
    const sizes: number[] = [];
    for (let polls = 0; polls < 100; polls++) {
      const messages = await queue.receive({
        WaitTimeSeconds: 0,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
      });
      sizes.push(messages.length);
      for (const body of bodiesOf(messages)) found.add(body);
    }
    observe(
      'atMostAll',
      sizes.every((size) => size <= 3),
    );
    observe(
      'someOverlooked',
      sizes.some((size) => size < 3),
    );
    observe('found', [...found].sort());
  },
});
