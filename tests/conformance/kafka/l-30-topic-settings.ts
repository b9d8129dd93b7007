import { defineConformance } from '../define';
import { createTopic } from './steps';

export default defineConformance({
  id: 'L-30',
  title: "A topic's settings are its own, or the broker's defaults; who alters them alters all of them.",
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, kafkajs, name, observe, until }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1, { 'retention.ms': '1000', 'cleanup.policy': 'compact' });
    const type = kafkajs.ConfigResourceTypes.TOPIC;
    const look = async () => {
      const names = ['cleanup.policy', 'retention.ms', 'min.insync.replicas', 'message.timestamp.type'];
      const resources = [{ type, name: topic, configNames: names }];
      const { resources: found } = await admin.describeConfigs({ resources, includeSynonyms: false });
      const entries = found[0].configEntries.map(({ configName, configValue, isDefault }) => ({
        configName,
        configValue,
        isDefault,
      }));
      return entries.sort((a, b) => (a.configName < b.configName ? -1 : 1));
    };
    observe('made', await look());
    const configEntries = [{ name: 'retention.ms', value: '2000' }];
    const resources = [{ type, name: topic, configEntries }];
    await admin.alterConfigs({ validateOnly: false, resources });
    await until(async () => (await look()).some(({ configValue }) => configValue === '2000'));
    observe('altered', await look());
  },
});
