import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'L-14',
  title: 'A late answer holds up the one behind it, and nothing is sent twice while neither has timed out.',
  broker: 'kafka',
  compare: {
    log: 'D',
    'ms of the held one': { code: 'T', min: 2000, max: 3000 },
    'ms of the one behind': { code: 'T', min: 1000, max: 2500 },
  },
  async run(tools) {
    const { kafka, client, name, fault, now, observe, sleep } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(client('shop'));
    await producer.send({ topic, messages: [{ value: 'before' }] });
    const timed = async (what: string, value: string) => {
      const began = now();
      await producer.send({ topic, messages: [{ value }] });
      observe(what, now() - began);
    };
    await fault.dropResponse('shop', 'Produce', { holdMs: 2000 });
    const held = timed('ms of the held one', 'held');
    await sleep(500);
    await Promise.all([held, timed('ms of the one behind', 'behind')]);
    observe('log', await valuesIn(tools, topic, 1, 3));
  },
});
