import { defineConformance } from '../../define';
import { errorOf } from '../steps';

export default defineConformance({
  id: 'A-070',
  title: 'A task handle names its queue: one of a queue that does not exist cancels nothing.',
  broker: 'aws',
  compare: 'D',
  async run({ aws, observe }) {
    const client = new aws.sqs.SQSClient();
    const sourceArn = 'arn:aws:sqs:us-east-1:878966065785:test-queue-doesnt-exist-123456';
    const TaskHandle = btoa(JSON.stringify({ taskId: '10f57157-fc38-4da9-a113-4de7e12d05dd', sourceArn }));
    observe('error', await errorOf(client.send(new aws.sqs.CancelMessageMoveTaskCommand({ TaskHandle }))));
  },
});
