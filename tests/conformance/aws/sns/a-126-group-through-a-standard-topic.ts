import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';
import { createTopic, subscribe, envelopeOf, takeAll } from '../topics';

export default defineConformance({
  id: 'A-126',
  title: 'A standard topic hands a message group on to a standard queue, for its fairness.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    await subscribe(topic, queue);
    await topic.publish('message', {
      MessageGroupId: 'my-group-id-1',
      MessageAttributes: { attr1: text('1', 'Number') },
    });
    const [message] = await takeAll(queue, 1, 10);
    observe('group', message.Attributes!.MessageGroupId);
    observe('names', Object.keys(message.Attributes!).sort());
    observe('attributes', envelopeOf(message).MessageAttributes);
  },
});
