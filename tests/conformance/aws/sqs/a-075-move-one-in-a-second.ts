import { defineConformance } from '../../define';
import { createQueue, createQueueWithDeadLetters, fillDeadLetters, bodiesOf } from '../steps';

// The recording holds no times: the test, validated on AWS, asserts that it took at least three seconds.
export default defineConformance({
  id: 'A-075',
  title: 'A task moves no more messages in a second than it is told.',
  broker: 'aws',
  compare: { moved: 'M', milliseconds: { code: 'T', min: 2900, max: 60_000 } },
  async run(tools) {
    const { aws, observe, now } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 1);
    const destination = await createQueue(tools, {}, 'destination');
    await fillDeadLetters(queue, dead, ['message-0', 'message-1', 'message-2', 'message-3']);
    const start = new aws.sqs.StartMessageMoveTaskCommand({
      SourceArn: await dead.arn(),
      DestinationArn: await destination.arn(),
      MaxNumberOfMessagesPerSecond: 1,
    });
    await queue.client.send(start);
    const began = now();
    observe('moved', bodiesOf(await destination.collect(4)));
    observe('milliseconds', now() - began);
  },
});
