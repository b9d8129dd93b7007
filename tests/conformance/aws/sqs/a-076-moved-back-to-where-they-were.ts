import { defineConformance } from '../../define';
import { createQueue, deadLettersTo, createQueueWithDeadLetters, fillDeadLetters, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-076',
  title: 'Without a destination every message goes back to the queue that it came from.',
  broker: 'aws',
  compare: { first: 'M', second: 'M', task: 'D', left: 'D' },
  async run(tools) {
    const { aws, observe, until } = tools;
    const { queue: first, dead } = await createQueueWithDeadLetters(tools, 1);
    const second = await createQueue(tools, await deadLettersTo(dead, 1), 'payments');
    await fillDeadLetters(first, dead, ['message-1-1', 'message-1-2']);
    for (const body of ['message-2-1', 'message-2-2']) await second.send(body);
    await until(async () => {
      await second.receive({ VisibilityTimeout: 0, WaitTimeSeconds: 0 });
      return (await dead.counts()).visible === 4;
    });
    const SourceArn = await dead.arn();
    await first.client.send(new aws.sqs.StartMessageMoveTaskCommand({ SourceArn }));
    observe('first', bodiesOf(await first.collect(2)));
    observe('second', bodiesOf(await second.collect(2)));
    const tasks = async () =>
      (await first.client.send(new aws.sqs.ListMessageMoveTasksCommand({ SourceArn }))).Results!;
    await until(async () => (await tasks())[0].Status === 'COMPLETED');
    const { Status, ApproximateNumberOfMessagesMoved, ApproximateNumberOfMessagesToMove, DestinationArn } = (
      await tasks()
    )[0];
    observe('task', {
      Status,
      ApproximateNumberOfMessagesMoved,
      ApproximateNumberOfMessagesToMove,
      hasDestination: DestinationArn !== undefined,
    });
    observe('left', bodiesOf(await dead.receive({ WaitTimeSeconds: 1 })));
  },
});
