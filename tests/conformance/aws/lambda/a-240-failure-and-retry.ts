import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { mapQueue, recordsOf, createNoting } from '../functions';

// The recording holds no times: the test, validated on AWS, asserts that the retry came no sooner than the visibility timeout after the message was sent.
export default defineConformance({
  id: 'A-240',
  title:
    'A message whose function has failed comes again after the visibility timeout, and is deleted when it goes well.',
  broker: 'aws',
  compare: { runs: 'D', retriedAfter: { code: 'T', min: 5000, max: 30_000 }, left: 'D' },
  async run(tools) {
    const { observe, sleep, until, now } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '5' });
    let failures = 1;
    const times: number[] = [];
    const { name, runs } = await createNoting(
      tools,
      () => {
        times.push(now());
        if (failures-- > 0) throw new Error('failed attempt');
      },
      { timeoutMs: 5000 },
    );
    await mapQueue(tools, name, queue, { BatchSize: 1 });
    await queue.send('order');
    const sent = now();
    await until(() => runs.length === 2, 60_000);
    await sleep(6000);
    observe('runs', runs.map(recordsOf));
    observe('retriedAfter', times[1] - sent);
    observe('left', await queue.counts());
  },
});
