import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from './replicas';
import { connectProducer, rejectionOf, valuesIn } from './steps';

export default defineConformance({
  id: 'L-56',
  title:
    'The minimum in sync can be altered on a living topic; a record that nobody could read stays so until the next is written.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, name, fault, observe, sleep, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]]);
    const producer = await connectProducer(kafka, { retry: { retries: 1 } });
    const alter = (value: string) =>
      admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: 2, name: topic, configEntries: [{ name: 'min.insync.replicas', value }] }],
      });
    const described = async () => {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: 2, name: topic, configNames: ['min.insync.replicas'] }],
      });
      return resources[0].configEntries.map(({ configName, configValue }) => [configName, configValue]);
    };
    observe('at first', await described());
    await fault.crash(3);
    await until(async () => (await inSyncOf(admin, topic))[0]?.length === 2, 60_000);
    await alter('3');
    await until(async () => (await described())[0][1] === '3');
    await until(
      async () => (await rejectionOf(producer.send({ topic, messages: [{ value: 'x' }] }))) !== null,
    );
    observe('refused', await rejectionOf(producer.send({ topic, messages: [{ value: 'a' }] })));
    const [before] = await admin.fetchTopicOffsets(topic);
    observe('acks 1', await rejectionOf(producer.send({ topic, acks: 1, messages: [{ value: 'b' }] })));
    const [hidden] = await admin.fetchTopicOffsets(topic);
    observe('hidden', Number(hidden.high) - Number(before.high));
    await alter('2');
    await until(async () => (await described())[0][1] === '2');
    // the high watermark is looked at when a replica gets on, not when a setting changes
    await sleep(3000);
    observe('still hidden', Number((await admin.fetchTopicOffsets(topic))[0].high) - Number(before.high));
    observe('accepted', await rejectionOf(producer.send({ topic, messages: [{ value: 'c' }] })));
    const [values] = await valuesIn(tools, topic, 1, 2 + Number(before.high));
    observe('log', values.filter((value) => value !== 'x')); // prettier-ignore
  },
});
