import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'A-019',
  title:
    'All attributes of a queue: those that were given, defaults for the others, and what was changed later.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools, {
      MessageRetentionPeriod: '604800',
      ReceiveMessageWaitTimeSeconds: '10',
      VisibilityTimeout: '20',
    });
    const all = async () => {
      const { CreatedTimestamp, LastModifiedTimestamp, QueueArn, ...rest } = (await queue.attributes('All'))!;
      return {
        ...rest,
        hasTimes: Number(CreatedTimestamp) > 0 && Number(LastModifiedTimestamp) > 0,
        QueueArn,
      };
    };
    observe('made', await all());
    await queue.set({ MaximumMessageSize: '2048', VisibilityTimeout: '69', DelaySeconds: '420' });
    observe('changed', await all());
  },
});
