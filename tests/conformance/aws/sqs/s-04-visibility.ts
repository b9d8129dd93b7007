import { defineConformance } from '../../define';
import { createQueue, bodiesOf, counted, countOf } from '../steps';

export default defineConformance({
  id: 'S-04',
  title:
    'A message that is received is hidden until its visibility timeout is over; then it comes again under a new handle, and is counted.',
  broker: 'aws',
  compare: { hidden: 'D', hiddenFor: { code: 'T', min: 1900, max: 3000 }, again: 'D' },
  async run(tools) {
    const { observe, now } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '2' });
    await queue.send('order');
    const [first] = await queue.receive({ WaitTimeSeconds: 5, ...counted });
    const hiddenSince = now();
    observe('hidden', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
    const [second] = await queue.receive({ WaitTimeSeconds: 10, ...counted });
    observe('hiddenFor', now() - hiddenSince);
    observe('again', {
      body: second.Body,
      count: countOf(second),
      newHandle: second.ReceiptHandle !== first.ReceiptHandle,
    });
  },
});
