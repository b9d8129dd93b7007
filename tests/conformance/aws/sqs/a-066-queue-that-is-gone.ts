import { defineConformance } from '../../define';
import { createNamedQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-066',
  title: 'A queue that was deleted does not exist, by its URL or by its name.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, name, observe } = tools;
    const queueName = name('orders');
    const queue = await createNamedQueue(tools, queueName);
    await queue.destroy();
    observe('byUrl', await errorOf(queue.attributes('All')));
    observe(
      'byName',
      await errorOf(queue.client.send(new aws.sqs.GetQueueUrlCommand({ QueueName: queueName }))),
    );
  },
});
