import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';

export default defineConformance({
  id: 'A-064',
  title: 'Where both parameters for attributes are given, the older one decides.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '0' });
    await queue.send('msg', { MessageAttributes: { Foo: text('Bar') } });
    const ask = async (older: string) => {
      const [message] = await queue.receive({
        WaitTimeSeconds: 5,
        MessageSystemAttributeNames: ['All'],
        AttributeNames: [older as 'All'],
      });
      return Object.keys(message.Attributes ?? {}).sort();
    };
    observe('same', await ask('All'));
    observe('different', await ask('SenderId'));
  },
});
