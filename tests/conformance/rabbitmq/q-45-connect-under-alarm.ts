import { defineConformance } from '../define';
import { openConfirming, publish, ready } from './steps';

export default defineConformance({
  id: 'Q-45',
  title: 'A connection opened during an alarm is told when it publishes, not before.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await fault.memoryAlarm(1, true);
    const late = await openConfirming(tools, 'late');
    const told: string[] = [];
    late.connection.on('blocked', () => told.push('blocked'));
    late.connection.on('unblocked', () => told.push('unblocked'));
    observe('may ask', (await late.channel.checkQueue(queue)).messageCount);
    await sleep(300);
    observe('before', [...told]);
    const sent = publish(late.channel, '', queue, 'm').then((answer) => told.push(answer));
    await until(() => told.length > 0);
    observe('after', [...told]);
    observe('queue', await ready(channel, queue));
    await fault.memoryAlarm(1, false);
    await sent;
    observe('at the end', told);
  },
});
