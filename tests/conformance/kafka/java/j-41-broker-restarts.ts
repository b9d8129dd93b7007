import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'J-41',
  title:
    'A broker that dies and comes back, and a connection that is cut: each record is there once, in order',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { fault, java, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', { 'linger.ms': 0, 'batch.size': 1 });
    const sends: Promise<unknown>[] = [];
    const send = (from: number) => {
      for (let value = from; value < from + 5; value++)
        sends.push(producer.send({ topic, value: String(value) }));
    };
    send(0);
    await Promise.all(sends);
    send(5);
    await fault.cut('producer');
    send(10);
    await Promise.all(sends);
    send(15);
    await fault.crash(1);
    send(20);
    await fault.start(1);
    send(25);
    await Promise.all(sends);
    await producer.close();
    observe('read', await valuesIn(tools, topic, 1, 30));
  },
});
