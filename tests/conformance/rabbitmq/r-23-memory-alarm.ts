import { defineConformance } from '../define';
import { consume, open, openConfirming, publish, send, settled } from './steps';

export default defineConformance({
  id: 'R-23',
  title: 'Under a memory alarm those who publish are blocked, and those who only consume are not.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const told: string[] = [];
    const publisher = await openConfirming(tools, 'publisher');
    const consumer = await open(tools, 'consumer');
    const queue = name('orders');
    await consumer.channel.assertQueue(queue);
    await send(publisher.channel, queue, ['1', '2', '3']);
    publisher.connection.on('blocked', (reason: string) => told.push(`blocked: ${reason}`));
    publisher.connection.on('unblocked', () => told.push('unblocked'));
    consumer.connection.on('blocked', () => told.push('consumer blocked'));
    await fault.memoryAlarm(1, true);
    const late = publish(publisher.channel, '', queue, '4').then((answer) => told.push(`4: ${answer}`));
    await until(() => told.length > 0);
    const consuming = await consume(consumer.channel, queue, { ack: true });
    observe('consumed meanwhile', await settled(tools, consuming, 3));
    observe('told so far', [...told]);
    await fault.memoryAlarm(1, false);
    await late;
    observe('consumed after', await settled(tools, consuming, 4));
    await until(() => told.length === 3);
    observe('told', told);
  },
});
