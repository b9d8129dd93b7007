import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, errorOf } from '../steps';

export default defineConformance({
  id: 'A-072',
  title: 'Messages are moved to a queue that exists.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 1);
    const start = new aws.sqs.StartMessageMoveTaskCommand({
      SourceArn: await dead.arn(),
      DestinationArn: `${await queue.arn()}doesntexist`,
    });
    observe('error', await errorOf(queue.client.send(start)));
  },
});
