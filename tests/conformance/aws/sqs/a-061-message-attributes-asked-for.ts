import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';

export default defineConformance({
  id: 'A-061',
  title:
    'A message comes with the attributes that were asked for, by name, by prefix or all, and a digest of those alone.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '0' });
    const MessageAttributes = { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') };
    const sent = await queue.send('msg', { MessageAttributes });
    observe('sent', { body: sent.MD5OfMessageBody, attributes: sent.MD5OfMessageAttributes });
    const ask = async (...names: string[]) => {
      const [message] = await queue.receive({ WaitTimeSeconds: 5, MessageAttributeNames: names });
      return {
        attributes: message.MessageAttributes ?? null,
        digest: message.MD5OfMessageAttributes ?? null,
      };
    };
    observe('none', await ask());
    observe('all', await ask('All'));
    observe('asterisk', await ask('*'));
    observe('dotAsterisk', await ask('.*'));
    observe('notThere', await ask('Foo', 'Help'));
    observe('two', await ask('Hello', 'General'));
    observe('oneIsThere', await ask('Foo', 'Hello'));
    observe('prefix', await ask('Hel.*'));
    observe('reserved', await ask('AWS.'));
    observe('dots', await ask('..foo'));
  },
});
