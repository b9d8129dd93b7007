import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-073',
  title: 'Messages are moved out of dead-letter queues only.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const destination = await createQueue(tools, {}, 'destination');
    const start = new aws.sqs.StartMessageMoveTaskCommand({
      SourceArn: await queue.arn(),
      DestinationArn: await destination.arn(),
    });
    observe('error', await errorOf(queue.client.send(start)));
  },
});
