import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

export default defineConformance({
  id: 'L-58',
  title:
    'What is sent to a leader that is none any more is lost when the new one has already answered for another partition.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, client, name, fault, observe, until } = tools;
    const topic = name('orders');
    const replicas = [
      [1, 2],
      [2, 1],
    ];
    const admin = await createReplicated(kafka, topic, replicas);
    const producer = await connectProducer(client('writer'));
    const send = async (value: string) => {
      const sent = await producer.send({
        topic,
        messages: [0, 1].map((partition) => ({ partition, value })),
      });
      // a broker answers for its partitions in the order of its hash map
      return sent.toSorted((a, b) => a.partition - b.partition);
    };
    observe('before', await send('before'));
    await fault.crash(1);
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    await fault.start(1);
    await until(async () => (await inSyncOf(admin, topic)).flat().length === 4, 60_000);
    observe('leaders', await leadersOf(admin, topic));
    observe('sent', await send('meanwhile'));
    observe('after', await send('after'));
    observe('log', await valuesIn(tools, topic, 2, 5));
  },
});
