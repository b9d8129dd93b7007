import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

// The limit of 120,000 is lowered, which AWS cannot do.
export default defineConformance({
  id: 'S-28',
  title:
    'At the limit of messages in flight a short poll is refused and a long one finds nothing, until one is deleted.',
  broker: 'aws',
  cluster: { config: { 'sqs.inFlightLimit': 3 } },
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    for (let number = 0; number < 4; number++) await queue.send(`order-${number}`);
    const held = await queue.collect(3, { MaxNumberOfMessages: 3 });
    observe('held', held.length);
    observe('short', (await errorOf(queue.receive({ WaitTimeSeconds: 0 })))?.code);
    observe('long', (await queue.receive({ WaitTimeSeconds: 2 })).length);
    await queue.delete(held[0]);
    observe('afterADelete', (await queue.receive({ WaitTimeSeconds: 2 })).length);
  },
});
