import { defineConformance } from '../define';
import { drain, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-12',
  title: 'Alternate exchanges can have alternates, and may go round in a circle.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second, third, queue] = [name('first'), name('second'), name('third'), name('orders')];
    const returned: string[] = [];
    channel.on('return', ({ fields }: { fields: { replyText: string; exchange: string } }) =>
      returned.push(`${fields.replyText} ${fields.exchange}`),
    );
    await channel.assertExchange(first, 'direct', { alternateExchange: second });
    await channel.assertExchange(second, 'direct', { alternateExchange: third });
    await channel.assertExchange(third, 'direct', { alternateExchange: first });
    observe('nobody takes it', await publish(channel, first, 'key', 'a', { mandatory: true }));
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, third, 'key');
    observe('the third takes it', await publish(channel, first, 'key', 'b', { mandatory: true }));
    observe('returned', returned);
    observe(
      'queue',
      (await drain(channel, queue)).map(({ fields }) => fields.exchange),
    );
  },
});
