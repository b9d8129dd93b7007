import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'A-065',
  title: 'A message of a standard queue may have a group, and shows it.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const sent = await queue.send('message', { MessageGroupId: 'test' });
    observe('digest', sent.MD5OfMessageBody);
    const [message] = await queue.receive({ WaitTimeSeconds: 5, AttributeNames: ['All'] });
    const attributes = message.Attributes!;
    observe('received', {
      ...{ body: message.Body, names: Object.keys(attributes).sort() },
      ...{ group: attributes.MessageGroupId, count: attributes.ApproximateReceiveCount },
    });
  },
});
