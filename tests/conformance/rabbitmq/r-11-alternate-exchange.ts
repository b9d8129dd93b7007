import { defineConformance } from '../define';
import { drain, openConfirming, openOn, publish } from './steps';

export default defineConformance({
  id: 'R-11',
  title:
    'An alternate exchange takes what an exchange cannot route, and counts as routed; without it the message returns.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel, connection } = await openConfirming(tools);
    const [exchange, alternate, queue] = [name('orders'), name('alternate'), name('unrouted')];
    const told: string[] = [];
    channel.on('return', ({ fields }: { fields: { replyCode: number; replyText: string } }) =>
      told.push(`return ${fields.replyCode} ${fields.replyText}`),
    );
    await channel.assertExchange(alternate, 'fanout');
    await channel.assertExchange(exchange, 'direct', { alternateExchange: alternate });
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, alternate, '');
    told.push(await publish(channel, exchange, 'key', 'a', { mandatory: true }));
    for (const { fields } of await drain(channel, queue))
      observe('alternate queue', { exchange: fields.exchange, routingKey: fields.routingKey });
    const other = await openOn(connection);
    await other.channel.deleteExchange(alternate);
    told.push(await publish(channel, exchange, 'key', 'b', { mandatory: true }));
    observe('told', told);
  },
});
