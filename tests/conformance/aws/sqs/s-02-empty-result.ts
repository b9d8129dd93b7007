import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'S-02',
  title: 'An empty result has no list of messages, rather than an empty one.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const output = await queue.client.send(new aws.sqs.ReceiveMessageCommand({ QueueUrl: queue.url }));
    observe('hasList', 'Messages' in output);
  },
});
