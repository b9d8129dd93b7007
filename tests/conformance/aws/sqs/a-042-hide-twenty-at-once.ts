import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-042',
  title: 'The visibility of no more than ten messages is changed at once.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const entries = Array.from({ length: 10 }, (_, index) => ({
      Id: `message-${index}`,
      MessageBody: `body-${index}`,
    }));
    await queue.sendBatch(entries);
    await queue.sendBatch(entries);
    const received = await queue.collect(20);
    const Entries = received.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 123,
    }));
    const change = new aws.sqs.ChangeMessageVisibilityBatchCommand({ QueueUrl: queue.url, Entries });
    observe('error', await errorOf(queue.client.send(change)));
  },
});
