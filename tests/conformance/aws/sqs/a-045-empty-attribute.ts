import { defineConformance } from '../../define';
import { createQueue, text, errorOf } from '../steps';

export default defineConformance({
  id: 'A-045',
  title: 'An attribute has to have a value.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    observe('error', await errorOf(queue.send('test', { MessageAttributes: { ErrorDetails: text('') } })));
  },
});
