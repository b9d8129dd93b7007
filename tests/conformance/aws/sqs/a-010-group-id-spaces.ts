import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-010',
  title: 'A message group with a space is refused, by a standard queue too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    observe('error', await errorOf(queue.send('message', { MessageGroupId: 'group 123' })));
  },
});
