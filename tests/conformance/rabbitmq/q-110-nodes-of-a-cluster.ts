import { defineConformance } from '../define';
import { bodyOf, openConfirming, rejectionOf, send } from './steps';

export default defineConformance({
  id: 'Q-110',
  title: 'It is all the same to which node a client is connected: queues of all types are reached from each.',
  broker: 'rabbitmq',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const channels = [];
    for (const node of [1, 2, 3])
      channels.push((await openConfirming(tools, `client ${node}`, { node })).channel);
    for (const type of ['classic', 'quorum']) {
      const queue = name('orders');
      await channels[1].assertQueue(queue, { arguments: { 'x-queue-type': type } });
      for (const [index, channel] of channels.entries()) await send(channel, queue, [String(index + 1)]);
      const taken: string[] = [];
      for (const channel of channels) {
        const message = await channel.get(queue);
        if (!message) throw new Error('There was a message.');
        taken.push(bodyOf(message));
        channel.ack(message);
      }
      observe(type, taken);
    }
    const exclusive = name('mine');
    await channels[0].assertQueue(exclusive, { exclusive: true });
    observe('exclusive, from another node', await rejectionOf(channels[2].checkQueue(exclusive)));
  },
});
