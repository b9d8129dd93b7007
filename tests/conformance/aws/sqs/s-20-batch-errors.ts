import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'S-20',
  title:
    'What is wrong with a batch as a whole refuses all of it: eleven entries, an id twice, an id with a space, more than a mebibyte.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const codeOf = async (...entries: { Id: string; MessageBody: string }[]) =>
      (await errorOf(queue.sendBatch(entries)))?.code;
    const entry = (Id: string, MessageBody = 'body') => ({ Id, MessageBody });
    observe('eleven', await codeOf(...Array.from({ length: 11 }, (_, index) => entry(`id-${index}`))));
    observe('twice', await codeOf(entry('same'), entry('same')));
    observe('space', await codeOf(entry('a b')));
    const half = 'a'.repeat(524_288);
    observe('tooLong', await codeOf(entry('first', half), entry('second', `${half}a`)));
    observe('arrived', await queue.counts());
  },
});
