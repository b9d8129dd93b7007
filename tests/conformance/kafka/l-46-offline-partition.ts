import { defineConformance } from '../define';
import { createReplicated, leadersOf } from './replicas';
import { connectProducer, rejectionOf, valuesIn } from './steps';

export default defineConformance({
  id: 'L-46',
  title:
    'A partition whose only replica is down has no leader: its sends fail, the others go on, and nothing is lost.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1], [2]]);
    const producer = await connectProducer(kafka, { retry: { retries: 2 } });
    const send = (partition: number, value: string) =>
      producer.send({ topic, messages: [{ partition, value }] });
    observe('sent to 0', await send(0, 'a'));
    observe('sent to 1', await send(1, 'b'));
    await fault.crash(2);
    await until(async () => {
      const leaders = await leadersOf(admin, topic);
      return leaders.length === 0 || leaders[1] === -1;
    });
    observe('metadata without a leader', await rejectionOf(admin.fetchTopicMetadata({ topics: [topic] })));
    observe('to the one without', await rejectionOf(send(1, 'c')));
    observe('to the other', await rejectionOf(send(0, 'd')));
    const dealt = await rejectionOf(producer.send({ topic, messages: [{ value: 'e' }, { value: 'f' }] }));
    observe('without a key', dealt);
    await fault.start(2);
    await until(async () => (await leadersOf(admin, topic))[1] === 2);
    observe('sent when it is back', await send(1, 'g'));
    const values = await valuesIn(tools, topic, 2, 3);
    observe('log', values);
  },
});
