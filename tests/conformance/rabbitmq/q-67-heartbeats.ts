import { defineConformance } from '../define';
import { endOf, openOn, watch } from './steps';

export default defineConformance({
  id: 'Q-67',
  title: 'A client that hears nothing for two heartbeats gives the connection up.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { amqp, fault, name, observe, sleep } = tools;
    const connection = await amqp.connect('client', { heartbeat: 1 });
    const happened = watch(connection);
    const { channel, happened: ofChannel } = await openOn(connection);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await sleep(3500);
    observe('while the broker runs', [...happened]);
    await fault.pause(1, 6000);
    observe('when it stands still', await endOf(tools, happened));
    observe('channel', ofChannel);
  },
});
