import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-414',
  title: 'Each receive says for how long it hides.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('test');
    observe('forNothing', bodiesOf(await queue.receive({ VisibilityTimeout: 0 })));
    observe('forThreeSeconds', bodiesOf(await queue.receive({ VisibilityTimeout: 3 })));
    observe('hidden', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
  },
});
