import { defineConformance } from '../../define';
import { createNamedQueue } from '../steps';

export default defineConformance({
  id: 'A-001',
  title: 'A list of queues comes in pages; the last one has no token, and a prefix chooses.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, name, observe } = tools;
    const prefix = name('page');
    for (let number = 0; number < 10; number++) await createNamedQueue(tools, `${prefix}-queue-${number}`);
    const client = new aws.sqs.SQSClient();
    const list = (rest: object) =>
      client.send(new aws.sqs.ListQueuesCommand({ QueueNamePrefix: prefix, ...rest }));
    const last = (urls: string[] = []) => urls.map((url) => url.slice(url.lastIndexOf('-') + 1));
    const all = await list({});
    observe('all', last(all.QueueUrls));
    const two = await list({ MaxResults: 2 });
    observe('two', { queues: last(two.QueueUrls), more: two.NextToken !== undefined });
    const rest = await list({ MaxResults: 10, NextToken: two.NextToken });
    observe('rest', { queues: last(rest.QueueUrls), more: rest.NextToken !== undefined });
  },
});
