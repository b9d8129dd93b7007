import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-306',
  title: 'A message can be hidden for twelve hours, counted from when it was received.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('order');
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    observe('tooLong', (await errorOf(queue.changeVisibility(message, 43_201)))?.code);
    observe('twelveHours', (await errorOf(queue.changeVisibility(message, 43_000))) === null);
  },
});
