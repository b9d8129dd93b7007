import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-29',
  title:
    'Messages that are moved back come as new ones: under new ids, and to be received again though they had been as often as allowed.',
  broker: 'aws',
  compare: { back: 'M', newIds: 'D', left: 'D' },
  async run(tools) {
    const { aws, observe, until } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 1);
    const ids = new Set<string>();
    for (const body of ['a', 'b']) ids.add((await queue.send(body)).MessageId!);
    await until(async () => {
      await queue.receive({ VisibilityTimeout: 0, WaitTimeSeconds: 0 });
      return (await dead.counts()).visible === 2;
    });
    await queue.client.send(new aws.sqs.StartMessageMoveTaskCommand({ SourceArn: await dead.arn() }));
    const back = await queue.collect(2);
    observe('back', bodiesOf(back));
    observe(
      'newIds',
      back.every(({ MessageId }) => !ids.has(MessageId!)),
    );
    observe('left', (await dead.counts()).visible);
  },
});
