import { defineConformance } from '../define';
import { connectProducer, createTopic, rejectionOf, valuesIn } from './steps';

export default defineConformance({
  id: 'K-26',
  title: 'A second producer of the same transactional id fences the first and aborts what it had open.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { client, kafka, name, observe } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const config = { transactionalId: name('shop'), idempotent: true };
    const old = await connectProducer(client('old'), config);
    const zombie = await old.transaction();
    await zombie.send({ topic, messages: [{ value: 'a1' }] });
    const fresh = await connectProducer(client('new'), config);
    const transaction = await fresh.transaction();
    observe('new sends', await transaction.send({ topic, messages: [{ value: 'b1' }] }));
    await transaction.commit();
    observe('old sends', await rejectionOf(zombie.send({ topic, messages: [{ value: 'a2' }] })));
    observe('old commits', await rejectionOf(zombie.commit()));
    observe('read_committed', await valuesIn(tools, topic, 1, 1));
  },
});
