import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'K-14',
  title: 'Idempotence does not help a message without a key: the retry goes to the next partition.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, client, fault, name, observe } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 3);
    const producer = await connectProducer(client('shop', { requestTimeout: 1000 }), { idempotent: true });
    await fault.dropResponse('shop', 'Produce');
    const [{ partition, baseOffset }] = await producer.send({ topic, messages: [{ value: 'm' }] });
    const log = await valuesIn(tools, topic, 3, 2);
    // Where the round robin begins is random, so partitions are named from where the answer says.
    observe('from the answer on', [...log.slice(partition), ...log.slice(0, partition)]);
    observe('base offset', baseOffset);
  },
});
