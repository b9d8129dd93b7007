import { defineConformance } from '../define';
import { drained, endOf, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-13',
  title: 'Nobody can publish to an internal exchange, but other exchanges route to it.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [internal, outer, queue] = [name('internal'), name('outer'), name('orders')];
    await channel.assertExchange(internal, 'fanout', { internal: true });
    await channel.assertExchange(outer, 'fanout');
    await channel.bindExchange(internal, outer, '');
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, internal, '');
    observe('by the other exchange', await publish(channel, outer, '', 'a'));
    observe('queue', await drained(channel, queue));
    const direct = await openConfirming(tools);
    observe('directly', await publish(direct.channel, internal, '', 'b'));
    observe('channel', await endOf(tools, direct.happened));
  },
});
