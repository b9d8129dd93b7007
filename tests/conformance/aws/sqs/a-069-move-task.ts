import { defineConformance } from '../../define';
import { createQueue, createQueueWithDeadLetters, fillDeadLetters, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-069',
  title: 'A task moves all messages of a dead-letter queue to the queue it is told, and says how many.',
  broker: 'aws',
  compare: { hasHandle: 'D', moved: 'M', task: 'D', left: 'D' },
  async run(tools) {
    const { aws, observe, until } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 1);
    const destination = await createQueue(tools, {}, 'destination');
    await fillDeadLetters(queue, dead, ['message-1', 'message-2']);
    const { StartMessageMoveTaskCommand, ListMessageMoveTasksCommand } = aws.sqs;
    const SourceArn = await dead.arn();
    const start = new StartMessageMoveTaskCommand({ SourceArn, DestinationArn: await destination.arn() });
    const { TaskHandle } = await queue.client.send(start);
    observe('hasHandle', TaskHandle !== undefined);
    observe('moved', bodiesOf(await destination.collect(2)));
    const tasks = async () =>
      (await queue.client.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results!;
    await until(async () => (await tasks())[0].Status === 'COMPLETED');
    const { StartedTimestamp, ...task } = (await tasks())[0];
    observe('task', { ...task, hasTime: StartedTimestamp! > 0 });
    observe('left', bodiesOf(await dead.receive({ WaitTimeSeconds: 1 })));
  },
});
