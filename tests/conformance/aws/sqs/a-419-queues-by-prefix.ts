import { defineConformance } from '../../define';
import { createNamedQueue } from '../steps';

export default defineConformance({
  id: 'A-419',
  title: 'Queues are listed by a prefix of their names, or all.',
  broker: 'aws',
  compare: 'M',
  async run(tools) {
    const { aws, name, observe } = tools;
    const base = name('list');
    for (const queueName of [`${base}-a-1`, `${base}-a-2`, `${base}-b-1`])
      await createNamedQueue(tools, queueName);
    const client = new aws.sqs.SQSClient();
    const list = async (QueueNamePrefix?: string) => {
      const { QueueUrls = [] } = await client.send(
        new aws.sqs.ListQueuesCommand(QueueNamePrefix === undefined ? {} : { QueueNamePrefix }),
      );
      return QueueUrls.map((url) => url.slice(url.indexOf(base) + base.length));
    };
    observe('a', await list(`${base}-a`));
    observe('b', await list(`${base}-b`));
    observe('all', await list());
  },
});
