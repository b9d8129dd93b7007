import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createFifoTopic } from '../topics';

export default defineConformance({
  id: 'A-124',
  title:
    'What refuses a whole batch of messages: no group on a FIFO topic, no deduplication id, more than ten, an id twice, a structure without default.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createFifoTopic(tools);
    const refused = (entries: Parameters<typeof topic.publishBatch>[0]) =>
      errorOf(topic.publishBatch(entries));
    observe('noGroup', await refused([{ Id: '1', Message: 'no group' }]));
    observe(
      'eleven',
      await refused(Array.from({ length: 11 }, (_, index) => ({ Id: `Id_${index}`, Message: 'many' }))),
    );
    observe(
      'sameId',
      await refused([
        { Id: '1', Message: 'same' },
        { Id: '1', Message: 'same' },
      ]),
    );
    observe('noDeduplication', await refused([{ Id: '1', Message: 'no id', MessageGroupId: 'msg1' }]));
    observe(
      'noDefault',
      await refused([{ Id: '1', Message: '{"sqs": "test sqs"}', MessageStructure: 'json' }]),
    );
  },
});
