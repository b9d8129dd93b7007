import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-071',
  title: 'A task that never was cannot be cancelled.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const sourceArn = await queue.arn();
    const TaskHandle = btoa(JSON.stringify({ taskId: '10f57157-fc38-4da9-a113-4de7e12d05aa', sourceArn }));
    observe(
      'error',
      await errorOf(queue.client.send(new aws.sqs.CancelMessageMoveTaskCommand({ TaskHandle }))),
    );
  },
});
