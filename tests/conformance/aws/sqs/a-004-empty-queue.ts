import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'A-004',
  title: 'Whoever asks an empty queue gets no list at all, however long he waits.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const queue = await createQueue(tools);
    const ask = async (rest: object) => {
      const output = await queue.client.send(
        new aws.sqs.ReceiveMessageCommand({ QueueUrl: queue.url, ...rest }),
      );
      return { hasList: 'Messages' in output, status: output.$metadata.httpStatusCode };
    };
    observe('unsaid', await ask({}));
    observe('short', await ask({ MaxNumberOfMessages: 1 }));
    observe('long', await ask({ MaxNumberOfMessages: 1, WaitTimeSeconds: 1 }));
  },
});
