import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';

export default defineConformance({
  id: 'L-55',
  title: 'Leadership does not return with its node, but at the next look for imbalance.',
  broker: 'kafka',
  cluster: { nodes: 3, config: { 'leader.imbalance.check.interval.seconds': 20 } },
  compare: 'D',
  async run({ kafka, name, fault, observe, until }) {
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [
      [1, 2],
      [3, 2],
    ]);
    await fault.crash(1);
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    observe('without it', await leadersOf(admin, topic));
    await fault.start(1);
    await until(async () => (await inSyncOf(admin, topic)).flat().length === 4, 60_000);
    await until(async () => (await leadersOf(admin, topic))[0] === 1, 90_000);
    observe('later', await leadersOf(admin, topic));
  },
});
