import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-52',
  title:
    'A quiet tenant’s message is received soon though a noisy one has a thousand waiting, and the noisy one goes on.',
  broker: 'aws',
  compare: {
    pollsUntilQuiet: {
      code: 'I',
      invariant: 'the quiet tenant is served within three polls',
      holds: (polls) => (polls as number) >= 1 && (polls as number) <= 3,
      why: 'AWS names no figures; in line it would be the hundredth poll',
    },
    noisyGoesOn: 'D',
  },
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '600' });
    for (let batch = 0; batch < 100; batch++)
      await queue.sendBatch(
        Array.from({ length: 10 }, (_, index) => ({
          Id: String(index),
          MessageBody: `a-${batch}-${index}`,
          MessageGroupId: 'a',
        })),
      );
    // the noisy tenant holds a good part of what is in flight
    await queue.collect(50);
    await queue.send('b', { MessageGroupId: 'b' });
    const polls: string[][] = [];
    while (polls.length < 20 && !polls.flat().includes('b'))
      polls.push(bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })));
    observe('pollsUntilQuiet', polls.length);
    observe(
      'noisyGoesOn',
      bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })).every((body) => body.startsWith('a-')),
    );
  },
});
