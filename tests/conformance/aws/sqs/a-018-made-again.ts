import { defineConformance } from '../../define';
import { createNamedQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-018',
  title:
    'A queue can be made again as it is, or with less said, and with nothing different; what counts is how it is now.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const queueName = name('orders');
    const wait = { ReceiveMessageWaitTimeSeconds: '1' };
    const queue = await createNamedQueue(tools, queueName, { ...wait, DelaySeconds: '1' });
    const again = async (attributes?: Record<string, string>) =>
      (await createNamedQueue(tools, queueName, attributes)).url === queue.url;
    observe('nothingSaid', await again());
    observe('less', await again({ DelaySeconds: '1' }));
    observe('different', await errorOf(again({ ...wait, DelaySeconds: '2' })));
    await queue.set({ DelaySeconds: '2' });
    observe('asItIsNow', await again({ ...wait, DelaySeconds: '2' }));
    observe('asItWas', await errorOf(again({ ...wait, DelaySeconds: '1' })));
  },
});
