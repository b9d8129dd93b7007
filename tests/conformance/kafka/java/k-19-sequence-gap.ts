import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'K-19',
  title:
    'Sequence numbers: the next is taken, a gap and an old epoch are refused, what was there gets the same answer',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, observe } = tools;
    const topic = await createTopic(tools, 1);
    const raw = await java.raw('raw');
    const { producerId, epoch } = await raw.initProducerId();
    const produce = async (
      what: string,
      number: { epoch?: number; sequence: number },
      ...values: string[]
    ) => {
      const batch = { topic, partition: 0, producerId, epoch, ...number, values };
      observe(what, await raw.produce(batch));
    };
    await produce('first, 0', { sequence: 0 }, 'a', 'b');
    await produce('a gap, 5', { sequence: 5 }, 'c');
    await produce('the next, 2', { sequence: 2 }, 'd');
    await produce('the first again, 0', { sequence: 0 }, 'a', 'b');
    await produce('part of the first, 1', { sequence: 1 }, 'b');
    for (let sequence = 3; sequence < 8; sequence++)
      await produce(`the next, ${sequence}`, { sequence }, String(sequence));
    await produce('too long ago, 0', { sequence: 0 }, 'a', 'b');
    await produce('a new epoch, 0', { epoch: epoch + 1, sequence: 0 }, 'e');
    await produce('a new epoch that does not begin at 0', { epoch: epoch + 2, sequence: 1 }, 'f');
    await produce('the old epoch, 8', { sequence: 8 }, 'g');
    observe('read', await valuesIn(tools, topic, 1, 9));
  },
});
