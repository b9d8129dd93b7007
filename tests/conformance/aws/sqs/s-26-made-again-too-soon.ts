import { defineConformance } from '../../define';
import { createNamedQueue, errorOf } from '../steps';

// The words are those that LocalStack’s test_create_queue_recently_deleted, validated on AWS, expects.
export default defineConformance({
  id: 'S-26',
  title: 'A name can be used again sixty seconds after its queue was deleted.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const queueName = name('orders');
    const queue = await createNamedQueue(tools, queueName);
    await queue.destroy();
    const error = (await errorOf(createNamedQueue(tools, queueName)))!;
    observe('soon', { code: error.code, message: error.message });
    await sleep(61_000);
    observe('later', await errorOf(createNamedQueue(tools, queueName)));
  },
});
