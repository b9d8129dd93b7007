import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'L-44',
  title: 'sendBatch answers by topic and partition; a topic named twice is one.',
  broker: 'kafka',
  compare: { answers: 'M', log: 'D' },
  async run(tools) {
    const { kafka, kafkajs, name, observe } = tools;
    const topics = [name('orders'), name('invoices')];
    for (const topic of topics) await createTopic(kafka, topic, 2);
    const producer = await connectProducer(kafka);
    const answers = await producer.sendBatch({
      compression: kafkajs.CompressionTypes.GZIP,
      topicMessages: [
        { topic: topics[0], messages: [0, 1].map((partition) => ({ partition, value: `a${partition}` })) },
        { topic: topics[1], messages: [{ partition: 1, value: 'b' }] },
        { topic: topics[0], messages: [{ partition: 1, value: 'c' }] },
      ],
    });
    observe('answers', answers);
    for (const [index, topic] of topics.entries())
      observe('log', await valuesIn(tools, topic, 2, index === 0 ? 3 : 1));
  },
});
