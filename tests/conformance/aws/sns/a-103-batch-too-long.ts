import { defineConformance } from '../../define';
import { text, errorOf } from '../steps';
import { createTopic } from '../topics';

// Recorded in 2024. The SDK’s documentation of 2026 names 256 KiB as the default and up to 1 MiB.
export default defineConformance({
  id: 'A-103',
  title: 'A batch of messages is at most 256 KiB long, attributes counted.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const limit = 262_144;
    observe(
      'bodies',
      await errorOf(
        topic.publishBatch([
          { Id: '1', Message: 'a'.repeat(limit / 2) },
          { Id: '2', Message: 'b'.repeat(1 + limit / 2) },
        ]),
      ),
    );
    const MessageAttributes = { attr1: text('1', 'Number') };
    const rest = limit - 'attr1'.length - 'Number'.length - '1'.length;
    const batch = (length: number) =>
      topic.publishBatch([
        { Id: '1', Message: 'a'.repeat(length), MessageAttributes },
        { Id: '2', Message: 'b' },
      ]);
    observe('attributes', await errorOf(batch(rest)));
    observe('oneLess', await errorOf(batch(rest - 1)));
  },
});
