import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';

export default defineConformance({
  id: 'A-062',
  title:
    'Attributes that the service keeps come when they are asked for, under the older name of the parameter; one that the message does not have is left out.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '0' });
    await queue.send('msg', { MessageAttributes: { Foo: text('Bar') } });
    const ask = async (names: string[], attributeNames: string[] = []) => {
      const [message] = await queue.receive({
        WaitTimeSeconds: 5,
        AttributeNames: names as ['All'],
        MessageAttributeNames: attributeNames,
      });
      return {
        system: Object.keys(message.Attributes ?? {}).sort(),
        attributes: message.MessageAttributes ?? null,
        digest: message.MD5OfMessageAttributes ?? null,
      };
    };
    observe('all', await ask(['All']));
    observe('both', await ask(['All'], ['All']));
    observe('one', await ask(['SenderId']));
    observe('oneOfTwo', await ask(['SenderId', 'SequenceNumber']));
  },
});
