import { defineConformance } from '../../define';
import { text, errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-123',
  title: 'An attribute’s type is String, Number or Binary, and may have a label after a dot.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const publish = (type: string) =>
      errorOf(topic.publish('test', { MessageAttributes: { attr1: text('prefixed-1', type) } }));
    observe('dotAlone', await publish('String.'));
    observe('noDot', await publish('Stringprefixed'));
    observe('label', await publish('String.prefixed'));
    observe('oddLabel', await publish('String.  prefixed.'));
  },
});
