import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { snsClient } from '../topics';

export default defineConformance({
  id: 'A-143',
  title:
    'A topic’s name has 1 to 256 letters, digits, hyphens and underscores, and ends in .fifo where it is one.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, observe } = tools;
    const { CreateTopicCommand } = aws.sns;
    const client = snsClient(tools);
    const create = (Name: string, Attributes = {}) =>
      errorOf(client.send(new CreateTopicCommand({ Name, Attributes })));
    observe('longest', await create('a'.repeat(256)));
    observe('empty', await create(''));
    observe('tooLong', await create('a'.repeat(257)));
    observe('fifoNameOnly', await create('test.fifo'));
    observe('fifoAttributeOnly', await create('test', { FifoTopic: 'true' }));
    for (const character of [':', ';', '!', '@', '|', '^', '%', ' '])
      observe('character', await create(`bad${character}name`));
  },
});
