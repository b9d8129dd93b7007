import { defineConformance } from '../../define';
import { assignments, createTopic, keepPolling } from './steps';

export const scenario = defineConformance({
  id: 'J-11',
  title:
    'A static member that leaves is waited for until its session is over; only then others get what it had',
  broker: 'kafka',
  compare: {
    both: 'D',
    'the other, soon after': 'D',
    'the other, in the end': 'D',
    'waited, ms': { code: 'T', min: 5000, max: 12_000 },
  },
  async run(tools) {
    const { java, name, now, observe, sleep } = tools;
    const topic = await createTopic(tools, 2);
    const config = { 'group.id': name('group'), 'session.timeout.ms': 6000, 'heartbeat.interval.ms': 1000 };
    const start = async (id: string) => {
      const consumer = await java.consumer(id, { ...config, 'group.instance.id': id });
      await consumer.subscribe([topic]);
      return keepPolling(consumer);
    };
    const staying = await start('till-1');
    const leaving = await start('till-2');
    observe('both', await assignments(tools, [staying.consumer, leaving.consumer], [1, 1]));
    await leaving.stop();
    const since = now();
    await leaving.consumer.close();
    await sleep(2000);
    observe('the other, soon after', await staying.consumer.assignment());
    observe('the other, in the end', await assignments(tools, [staying.consumer], [2]));
    observe('waited, ms', now() - since);
  },
});
