import { defineConformance } from '../define';
import { open, openConfirming, openOn, ready, rejectionOf, send } from './steps';

export default defineConformance({
  id: 'Q-10',
  title: 'An exclusive queue lives as long as its connection, not its channel.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const owner = await openConfirming(tools, 'owner');
    const queue = name('mine');
    await owner.channel.assertQueue(queue, { exclusive: true });
    await send(owner.channel, queue, ['1']);
    await owner.channel.close();
    const second = await openOn(owner.connection);
    observe('after its channel', await ready(second.channel, queue));
    await owner.connection.close();
    const { channel } = await open(tools);
    observe('after its connection', await rejectionOf(channel.checkQueue(queue)));
  },
});
