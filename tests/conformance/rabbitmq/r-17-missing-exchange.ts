import { defineConformance } from '../define';
import { endOf, openConfirming, openOn, publish, ready, watch } from './steps';

export default defineConformance({
  id: 'R-17',
  title: 'A publish to an exchange that does not exist closes the channel; what was published before stays.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { connection, channel, happened } = await openConfirming(tools);
    const ofConnection = watch(connection);
    const queue = name('orders');
    await channel.assertQueue(queue);
    observe('before', await publish(channel, '', queue, 'a'));
    const answers = [publish(channel, name('nope'), queue, 'b'), publish(channel, '', queue, 'c')];
    observe('answers', await Promise.all(answers));
    observe('channel', await endOf(tools, happened));
    const other = await openOn(connection);
    observe('ready', await ready(other.channel, queue));
    observe('connection', ofConnection);
  },
});
