import { defineConformance } from '../../define';
import { createQueue, createQueueWithDeadLetters, fillDeadLetters } from '../steps';

export default defineConformance({
  id: 'A-074',
  title: 'A task whose destination is deleted meanwhile fails, says why, and leaves the rest where it was.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe, until } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 1);
    const destination = await createQueue(tools, {}, 'destination');
    await fillDeadLetters(
      queue,
      dead,
      Array.from({ length: 10 }, (_, index) => `message-${index}`),
    );
    const SourceArn = await dead.arn();
    const start = new aws.sqs.StartMessageMoveTaskCommand({
      SourceArn,
      DestinationArn: await destination.arn(),
      MaxNumberOfMessagesPerSecond: 1,
    });
    await queue.client.send(start);
    await destination.destroy();
    const tasks = async () =>
      (await queue.client.send(new aws.sqs.ListMessageMoveTasksCommand({ SourceArn }))).Results!;
    await until(async () => (await tasks())[0].Status !== 'RUNNING');
    const { Status, FailureReason, MaxNumberOfMessagesPerSecond, ApproximateNumberOfMessagesToMove } = (
      await tasks()
    )[0];
    observe('task', {
      Status,
      FailureReason,
      MaxNumberOfMessagesPerSecond,
      ApproximateNumberOfMessagesToMove,
    });
    observe('someAreLeft', (await dead.receive()).length > 0);
  },
});
