import { defineConformance } from '../../define';
import { createFifoQueue, text } from '../steps';
import { createFifoTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'A-134',
  title:
    'A batch on a FIFO topic keeps its order; published again it is accepted under the same ids and numbers, and not delivered.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createFifoTopic(tools, { ContentBasedDeduplication: 'true' });
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    await subscribe(topic, queue, { RawMessageDelivery: 'true' });
    const MessageGroupId = 'complexMessageGroupId';
    const two = { attr1: text('99.12', 'Number'), attr2: text('109.12', 'Number') };
    const publish = async () => {
      const { Successful = [], Failed } = await topic.publishBatch([
        { Id: '1', MessageGroupId, Message: 'Test Message with two attributes', MessageAttributes: two },
        {
          Id: '2',
          MessageGroupId,
          Message: 'Test Message with one attribute',
          MessageAttributes: { attr1: text('19.12', 'Number') },
        },
        { Id: '3', MessageGroupId, Message: 'Test Message without attribute' },
      ]);
      return { Successful, Failed };
    };
    const first = await publish();
    observe(
      'ids',
      first.Successful.map(({ Id }) => Id),
    );
    observe('failed', first.Failed);
    observe(
      'received',
      (await takeAll(queue, 3)).map(({ Body, Attributes, MD5OfMessageAttributes = null }) => ({
        ...{ Body, MD5OfMessageAttributes },
        ...{ group: Attributes!.MessageGroupId, id: Attributes!.MessageDeduplicationId },
      })),
    );
    const second = await publish();
    observe(
      'same',
      second.Successful.map(
        ({ MessageId, SequenceNumber }, index) =>
          MessageId === first.Successful[index].MessageId &&
          SequenceNumber === first.Successful[index].SequenceNumber,
      ),
    );
    observe('again', (await takeAll(queue, 1, 3)).length);
  },
});
