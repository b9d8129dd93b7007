import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-415',
  title: 'On a standard queue the handle of an earlier receive still changes the visibility.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('test');
    const [first] = await queue.receive({ VisibilityTimeout: 0 });
    observe('second', bodiesOf(await queue.receive({ VisibilityTimeout: 3 })));
    await queue.changeVisibility(first, 0);
    observe('third', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
  },
});
