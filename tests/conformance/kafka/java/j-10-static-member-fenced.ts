import { defineConformance } from '../../define';
import { assignments, createTopic, fill, keepPolling, take } from './steps';

export const scenario = defineConformance({
  id: 'J-10',
  title: 'A second member with the same group.instance.id takes the place of the first, which is fenced',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, until } = tools;
    const topic = await createTopic(tools, 2);
    await fill(await java.producer('producer'), topic, 2, 1);
    const config = {
      'group.id': name('group'),
      'group.instance.id': 'till-1',
      'auto.offset.reset': 'earliest',
      'enable.auto.commit': false,
    };
    const first = await java.consumer('a', config);
    await first.subscribe([topic]);
    await take(first, 2);
    const generation = (await first.groupMetadata()).generationId;
    const second = await java.consumer('b', config);
    await second.subscribe([topic]);
    const taking = keepPolling(second);
    observe('of the second', await assignments(tools, [second], [2]));
    observe('generations on', (await second.groupMetadata()).generationId - generation);
    await first.commitSync().catch((error: unknown) => observe('commit of the first', (error as Error).name));
    const polling = keepPolling(first);
    await until(() => polling.error !== null);
    observe('poll of the first', (polling.error as Error).name);
    await until(() => taking.taken.length === 2);
    observe('the second', taking.error);
  },
});
