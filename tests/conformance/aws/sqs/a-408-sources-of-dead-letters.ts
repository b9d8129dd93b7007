import { defineConformance } from '../../define';
import { createQueue, deadLettersTo } from '../steps';

export default defineConformance({
  id: 'A-408',
  title: 'A dead-letter queue knows the queues whose messages it takes.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const dead = await createQueue(tools, {}, 'dead');
    const first = await createQueue(tools, await deadLettersTo(dead, 50));
    const second = await createQueue(tools, await deadLettersTo(dead, 50));
    const list = new aws.sqs.ListDeadLetterSourceQueuesCommand({ QueueUrl: dead.url });
    const { queueUrls = [] } = await dead.client.send(list);
    observe('sources', {
      first: queueUrls.includes(first.url),
      second: queueUrls.includes(second.url),
      count: queueUrls.length,
    });
  },
});
