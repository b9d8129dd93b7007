import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-412',
  title: 'The visibility of a message that is deleted cannot be changed.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('foo');
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    observe('before', await errorOf(queue.changeVisibility(message, 42)));
    await queue.delete(message);
    const error = (await errorOf(queue.changeVisibility(message, 42)))!;
    observe('after', {
      code: error.code,
      message: error.message.replace(message.ReceiptHandle!, '<handle>'),
    });
  },
});
